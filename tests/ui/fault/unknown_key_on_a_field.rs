use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("no {name}")]
    Unknown {
        #[soap(default)]
        name: String,
    },
}

fn main() {}
