use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
enum Outcome {
    Good,
    Bad,
}

fn main() {}
