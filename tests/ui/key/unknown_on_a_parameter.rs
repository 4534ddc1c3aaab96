use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(greeting))]
    async fn greet(&self, #[soap(nam = "who")] name: String) -> String {
        name
    }
}

fn main() {}
