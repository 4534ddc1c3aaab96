use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh<T: ToString>(&self, _job: Job, size: T) -> String {
        size.to_string()
    }
}

fn main() {}
