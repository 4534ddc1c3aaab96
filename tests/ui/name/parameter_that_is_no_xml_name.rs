use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(greeting))]
    async fn greet(&self, #[soap(name = "2nd")] name: String) -> String {
        name
    }
}

fn main() {}
