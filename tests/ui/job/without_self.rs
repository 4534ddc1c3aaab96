use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(_job: Job) -> String {
        String::new()
    }
}

fn main() {}
