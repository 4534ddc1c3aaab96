use soap_runtime::{Schema, SoapType};

#[derive(SoapType)]
struct Page<T> {
    items: Vec<T>,
}

fn main() {
    let _: fn() -> Schema = Page::<std::path::PathBuf>::schema;
}
