use soap_runtime::soap_service;

struct Mesher;

#[soap_service]
impl Mesher {
    #[operation(requeue)]
    fn mesh(&self, name: String) -> String {
        name
    }
}

fn main() {}
