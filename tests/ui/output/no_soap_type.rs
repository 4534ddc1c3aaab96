use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
struct Outcome {
    path: std::path::PathBuf,
}

fn main() {}
