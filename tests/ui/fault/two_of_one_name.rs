use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("closed")]
    Closed,
    #[error("shut")]
    #[soap(name = "Closed")]
    Shut,
}

fn main() {}
