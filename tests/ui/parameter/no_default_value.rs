use soap_runtime::{ServiceId, soap_service};

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, #[soap(default)] id: ServiceId) -> String {
        id.to_string()
    }
}

fn main() {}
