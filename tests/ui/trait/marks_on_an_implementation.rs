use soap_runtime::soap_service;

#[soap_service]
trait Waiter {
    #[operation]
    fn add(&self, a: f64) -> f64;
}

struct MyWaiter;

#[soap_service]
impl Waiter for MyWaiter {
    #[operation(outputs(sum))]
    fn add(&self, #[soap(default = 1.0)] a: f64) -> f64 {
        a
    }
}

fn main() {}
