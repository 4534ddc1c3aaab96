use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn get_service_status(&self, id: String) -> String {
        id
    }
}

fn main() {}
