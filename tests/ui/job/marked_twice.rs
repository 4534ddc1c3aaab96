use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job]
    #[job(requeue)]
    async fn mesh(&self, _job: Job) -> String {
        String::new()
    }
}

fn main() {}
