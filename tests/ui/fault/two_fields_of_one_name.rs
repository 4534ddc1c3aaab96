use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("no {name} {other}")]
    Unknown {
        name: String,
        #[soap(name = "name")]
        other: String,
    },
}

fn main() {}
