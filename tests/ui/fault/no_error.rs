use soap_runtime::SoapFault;

#[derive(Debug, SoapFault)]
enum DeskError {
    Closed,
    Full,
}

fn main() {}
