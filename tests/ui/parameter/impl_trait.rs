use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, name: impl Into<String>) -> String {
        name.into()
    }
}

fn main() {}
