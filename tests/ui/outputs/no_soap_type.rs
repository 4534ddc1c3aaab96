use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(path))]
    fn greet(&self) -> std::path::PathBuf {
        "/".into()
    }
}

fn main() {}
