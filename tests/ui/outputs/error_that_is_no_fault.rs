use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(greeting))]
    fn greet(&self) -> Result<String, std::io::Error> {
        std::fs::read_to_string("greeting")
    }
}

fn main() {}
