use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result, quality))]
    async fn mesh(&self, _job: Job) -> (String, f64) {
        (String::new(), 1.0)
    }

    #[job(outputs(result, quality, log))]
    async fn refine(&self, _job: Job) -> (String, f64, String) {
        (String::new(), 1.0, String::new())
    }
}

fn main() {}
