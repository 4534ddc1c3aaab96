use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&mut self, name: String) -> String {
        name
    }
}

fn main() {}
