use soap_runtime::{BlockingJob, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: BlockingJob) -> String {
        String::new()
    }
}

fn main() {}
