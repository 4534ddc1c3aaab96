use soap_runtime::{Job, SoapOutput, soap_service};

#[derive(SoapOutput)]
struct Refined {
    result: String,
    quality: f64,
}

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result, quality))]
    async fn mesh(&self, _job: Job) -> (String, f64) {
        (String::new(), 1.0)
    }

    #[job]
    async fn refine(&self, _job: Job) -> Refined {
        Refined { result: String::new(), quality: 1.0 }
    }
}

fn main() {}
