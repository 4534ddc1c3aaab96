use soap_runtime::{Job, soap_service};

#[soap_service]
trait Waiter {
    #[operation(name = "start")]
    fn start_waiter(&self);

    #[job(name = "startWaiter", outputs(result))]
    async fn wait(&self, job: Job) -> String;
}

fn main() {}
