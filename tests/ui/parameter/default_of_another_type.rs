use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, #[soap(default = 300)] name: String) -> String {
        name
    }
}

fn main() {}
