use soap_runtime::soap_service;

struct Desk;

#[soap_service(path = "/waiter?wsdl")]
impl Desk {
    #[operation(outputs(greeting))]
    async fn greet(&self, name: String) -> String {
        name
    }
}

fn main() {}
