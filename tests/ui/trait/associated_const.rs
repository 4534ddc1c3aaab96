use soap_runtime::soap_service;

#[soap_service]
trait Waiter {
    const SECONDS: u32;

    #[operation]
    fn add(&self, a: f64) -> f64;
}

fn main() {}
