use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result, quality))]
    async fn mesh(&self, _job: Job) -> (f64, f64) {
        (0.5, 1.0)
    }

    #[job(outputs(quality, result))]
    async fn refine(&self, _job: Job) -> (f64, f64) {
        (1.0, 0.5)
    }
}

fn main() {}
