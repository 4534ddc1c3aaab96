use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
#[soap(name = "Refusal")]
enum DeskError {
    #[error("closed")]
    Closed,
}

fn main() {}
