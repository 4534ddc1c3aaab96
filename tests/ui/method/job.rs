use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(&self, /** How long. */ seconds: String) -> String {
        seconds
    }
}

fn main() {}
