use soap_runtime::soap_service;

struct Mesher;

#[soap_service(abort_output = "aborted")]
impl Mesher {
    #[operation]
    fn mesh(&self, name: String) -> String {
        name
    }
}

fn main() {}
