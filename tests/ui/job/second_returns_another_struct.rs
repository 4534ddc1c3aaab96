use soap_runtime::{Job, SoapOutput, soap_service};

#[derive(SoapOutput)]
struct Meshed {
    result: String,
}

#[derive(SoapOutput)]
struct Refined {
    result: String,
}

struct Mesher;

#[soap_service]
impl Mesher {
    #[job]
    async fn mesh(&self, _job: Job) -> Meshed {
        Meshed { result: String::new() }
    }

    #[job]
    async fn refine(&self, _job: Job) -> Refined {
        Refined { result: String::new() }
    }
}

fn main() {}
