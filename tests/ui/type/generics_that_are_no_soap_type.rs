use soap_runtime::SoapType;

#[derive(SoapType)]
struct Page<T> {
    items: Vec<T>,
}

#[derive(SoapType)]
struct Book {
    first: Page<std::path::PathBuf>,
}

fn main() {}
