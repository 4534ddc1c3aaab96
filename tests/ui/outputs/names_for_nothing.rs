use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(greeting))]
    fn greet(&self) {}
}

fn main() {}
