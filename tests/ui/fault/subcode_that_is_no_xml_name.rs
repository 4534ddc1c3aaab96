use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
#[error("closed")]
#[soap(client, subcode = "out of hours")]
struct Closed;

fn main() {}
