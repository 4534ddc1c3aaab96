use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("closed")]
    #[soap(client = true)]
    Closed,
}

fn main() {}
