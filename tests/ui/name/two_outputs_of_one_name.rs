use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(first, first))]
    fn greet(&self) -> (String, String) {
        (String::new(), String::new())
    }
}

fn main() {}
