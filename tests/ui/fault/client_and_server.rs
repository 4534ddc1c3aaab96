use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("closed")]
    #[soap(client, server)]
    Closed,
}

fn main() {}
