use soap_runtime::soap_service;

#[soap_service]
trait Waiter {
    #[operation]
    fn add(&self, a: f64) -> f64;
}

struct MyWaiter;

#[soap_service(path = "/waiter/Waiter", client)]
impl Waiter for MyWaiter {
    fn add(&self, a: f64) -> f64 {
        a
    }
}

fn main() {}
