use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("closed")]
    #[soap(name = "out of hours")]
    Closed,
}

fn main() {}
