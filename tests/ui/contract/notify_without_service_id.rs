use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn notify_service(&self, message: String) -> String {
        message
    }
}

fn main() {}
