use soap_runtime::SoapType;

#[derive(SoapType)]
struct Point(f64, f64);

fn main() {}
