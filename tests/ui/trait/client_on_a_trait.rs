use soap_runtime::soap_service;

#[soap_service(client)]
trait Waiter {
    #[operation]
    fn add(&self, a: f64) -> f64;
}

fn main() {}
