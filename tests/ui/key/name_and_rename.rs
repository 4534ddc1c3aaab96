use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(name = "hail", rename = "welcome")]
    async fn greet(&self, name: String) -> String {
        name
    }
}

fn main() {}
