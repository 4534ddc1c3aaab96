use soap_runtime::{Job, ServiceId, soap_service};

struct Mesher;

#[soap_service(abort_output = "aborted")]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: Job) -> String {
        String::new()
    }

    #[operation]
    fn abort_service(&self, _service_id: ServiceId) -> bool {
        false
    }
}

fn main() {}
