use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, name: String) -> String {
        name
    }

    #[operation(name = "greet")]
    fn hail(&self, name: String) -> String {
        name
    }
}

fn main() {}
