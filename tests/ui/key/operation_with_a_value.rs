use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation = "hail"]
    async fn greet(&self, name: String) -> String {
        name
    }
}

fn main() {}
