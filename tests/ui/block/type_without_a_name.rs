use soap_runtime::soap_service;

#[soap_service]
impl [Desk] {
    #[operation]
    fn greet(&self) -> String {
        "Hello".to_owned()
    }
}

struct Desk;

fn main() {}
