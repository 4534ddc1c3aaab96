use soap_runtime::{Job, ServiceId, Status, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result, quality))]
    async fn mesh(&self, _job: Job) -> (String, f64) {
        (String::new(), 1.0)
    }

    #[operation(outputs(status_base64, result))]
    fn start_refining(&self, _service_id: ServiceId) -> (Status, String) {
        (Status::Completed, String::new())
    }
}

fn main() {}
