use soap_runtime::soap_service;

trait Greet {
    fn greet(&self) -> String;
}

struct Desk;

#[soap_service]
impl Greet for Desk {
    #[operation]
    fn greet(&self) -> String {
        "Hello".to_owned()
    }
}

fn main() {}
