use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("no {0} for {1}")]
    Unknown(String, String),
}

fn main() {}
