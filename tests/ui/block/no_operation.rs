use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    fn greet(&self) -> String {
        "Hello".to_owned()
    }
}

fn main() {}
