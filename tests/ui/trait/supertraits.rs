use soap_runtime::soap_service;

#[soap_service]
trait Waiter: Send + std::fmt::Debug {
    #[operation]
    fn add(&self, a: f64) -> f64;
}

#[derive(Debug)]
struct MyWaiter;

#[soap_service]
impl Waiter for MyWaiter {
    fn add(&self, a: f64) -> f64 {
        a
    }
}

fn main() {}
