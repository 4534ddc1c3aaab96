use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("lost")]
    Lost(#[from] std::io::Error),
}

fn main() {}
