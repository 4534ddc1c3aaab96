use soap_runtime::{Service, soap_service};

#[soap_service]
trait Waiter {
    #[operation]
    fn add(&self, a: f64) -> f64;
}

struct MyWaiter;

impl Waiter for MyWaiter {
    fn add(&self, a: f64) -> f64 {
        a
    }
}

fn main() {
    let _ = Service::new(MyWaiter);
}
