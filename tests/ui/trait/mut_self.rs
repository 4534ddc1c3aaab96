use soap_runtime::soap_service;

#[soap_service]
trait Waiter {
    #[operation]
    fn add(&mut self, a: f64) -> f64;
}

struct MyWaiter;

#[soap_service]
impl Waiter for MyWaiter {
    fn add(&mut self, a: f64) -> f64 {
        a
    }
}

fn main() {}
