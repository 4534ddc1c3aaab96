use soap_runtime::soap_service;

struct Mesher;

#[soap_service(on_failure(page))]
impl Mesher {
    #[operation]
    fn mesh(&self, name: String) -> String {
        name
    }
}

fn main() {}
