use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, name: &str) -> String {
        name.to_owned()
    }
}

fn main() {}
