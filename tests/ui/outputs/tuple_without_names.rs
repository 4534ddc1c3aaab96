use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self) -> (String, String) {
        (String::new(), String::new())
    }
}

fn main() {}
