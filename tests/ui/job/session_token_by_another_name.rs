use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: Job, #[soap(name = "sessionToken")] token: String) -> String {
        token
    }
}

fn main() {}
