use soap_runtime::{Job, ServiceId, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(&self, _job: Job, service_id: ServiceId) -> String {
        service_id.as_str().to_owned()
    }
}

fn main() {}
