use soap_runtime::{Job, WithHeaders, soap_service};

struct Courier;

#[soap_service]
impl Courier {
    #[job(outputs(number))]
    async fn carry(&self, _job: Job) -> WithHeaders<u64, String> {
        WithHeaders::new(7, String::new())
    }
}

fn main() {}
