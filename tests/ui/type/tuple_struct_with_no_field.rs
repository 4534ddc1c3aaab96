use soap_runtime::SoapType;

#[derive(SoapType)]
struct Point();

fn main() {}
