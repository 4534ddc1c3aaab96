use soap_runtime::soap_service;

struct Desk;

#[soap_service(path = 7)]
impl Desk {
    #[operation(outputs(greeting))]
    async fn greet(&self, name: String) -> String {
        name
    }
}

fn main() {}
