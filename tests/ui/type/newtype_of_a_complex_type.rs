use soap_runtime::SoapType;

#[derive(SoapType)]
struct Orders(Vec<String>);

fn main() {}
