use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
#[soap(name = "Result")]
struct Outcome {
    result: String,
}

fn main() {}
