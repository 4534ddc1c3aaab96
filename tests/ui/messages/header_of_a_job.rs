use soap_runtime::{Job, soap_service};

struct Courier;

#[soap_service]
impl Courier {
    #[job]
    async fn carry(&self, _job: Job, #[soap(header)] _session: String) {}
}

fn main() {}
