use soap_runtime::{Job, JobError, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, job: Job) -> Result<String, JobError> {
        let result = std::rc::Rc::new(String::new());
        job.progress(1, 2).await?;
        Ok(String::clone(&result))
    }
}

fn main() {}
