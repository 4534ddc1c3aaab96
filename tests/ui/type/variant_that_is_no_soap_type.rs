use soap_runtime::SoapType;

#[derive(SoapType)]
enum Payment {
    Card(std::path::PathBuf),
    Cash,
}

fn main() {}
