use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
struct Outcome(String, String);

fn main() {}
