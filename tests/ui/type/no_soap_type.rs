use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    path: std::path::PathBuf,
}

fn main() {}
