use soap_runtime::soap_service;

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self) -> String {
        String::new()
    }
}

fn main() {}
