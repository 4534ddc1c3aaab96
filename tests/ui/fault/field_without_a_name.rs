use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("no {0}")]
    Unknown(String),
}

fn main() {}
