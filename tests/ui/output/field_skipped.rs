use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
struct Outcome {
    result: String,
    #[soap(skip)]
    secret: String,
}

fn main() {}
