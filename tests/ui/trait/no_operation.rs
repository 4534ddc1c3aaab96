use soap_runtime::soap_service;

#[soap_service]
trait Waiter {
    fn add(&self, a: f64) -> f64 {
        a
    }
}

fn main() {}
