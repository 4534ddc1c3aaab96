use soap_runtime::{Job, Status, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(status_base64, result))]
    async fn mesh(&self, _job: Job) -> (Status, String) {
        (Status::Completed, String::new())
    }
}

fn main() {}
