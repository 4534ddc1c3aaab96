use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: Job) -> String {
        String::new()
    }

    #[operation(name = "mesh")]
    fn describe(&self, name: String) -> String {
        name
    }
}

fn main() {}
