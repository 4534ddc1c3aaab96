use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, service_id: String, #[soap(name = "serviceID")] other: String) -> String {
        service_id + &other
    }
}

fn main() {}
