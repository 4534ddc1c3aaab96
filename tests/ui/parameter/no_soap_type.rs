use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, name: std::path::PathBuf) -> String {
        name.display().to_string()
    }
}

fn main() {}
