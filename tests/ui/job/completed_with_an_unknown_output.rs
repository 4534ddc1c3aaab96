use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service(on_failure(complete(reason)))]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: Job) -> String {
        String::new()
    }
}

fn main() {}
