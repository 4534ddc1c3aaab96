use soap_runtime::SoapType;

#[derive(SoapType)]
enum Nothing {}

fn main() {}
