use soap_runtime::soap_service;

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, size: f64) -> f64 {
        size
    }
}

fn main() {}
