use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, #[soap(default = 300)] seconds: u32, _job: Job) -> u32 {
        seconds
    }
}

fn main() {}
