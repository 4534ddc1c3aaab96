use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
struct Outcome {
    result: String,
    #[soap(name = "result")]
    other: String,
}

fn main() {}
