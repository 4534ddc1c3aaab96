use soap_runtime::{Job, JobError, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result, quality))]
    async fn mesh(&self, _job: Job) -> (String, f64) {
        (String::new(), 1.0)
    }

    #[job(outputs(result, quality))]
    async fn refine(&self, _job: Job) -> Result<(String, f32), JobError> {
        Ok((String::new(), 1.0))
    }
}

fn main() {}
