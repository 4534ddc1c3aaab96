use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    #[operation(name = "hail")]
    fn greet(&self, name: String) -> String {
        name
    }
}

fn main() {}
