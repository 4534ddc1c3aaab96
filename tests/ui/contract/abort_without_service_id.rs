use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn abort_service(&self, aborted: String) -> String {
        aborted
    }
}

fn main() {}
