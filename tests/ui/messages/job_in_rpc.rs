use soap_runtime::{Job, soap_service};

struct Courier;

#[soap_service(style = "rpc")]
impl Courier {
    #[job]
    async fn carry(&self, _job: Job) {}
}

fn main() {}
