use soap_runtime::{ServiceId, Status, soap_service};

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(result))]
    fn start_waiter(&self, _service_id: ServiceId) -> String {
        String::new()
    }

    #[operation(outputs(result, status_base64))]
    fn get_service_status(&self, _service_id: ServiceId) -> (String, Status) {
        (String::new(), Status::Completed)
    }
}

fn main() {}
