use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: Job) -> Result<String, std::io::Error> {
        std::fs::read_to_string("mesh")
    }
}

fn main() {}
