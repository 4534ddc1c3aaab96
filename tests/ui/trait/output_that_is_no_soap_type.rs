use soap_runtime::soap_service;

struct Point;

#[soap_service]
trait Waiter {
    #[operation(outputs(point))]
    fn add(&self, a: f64) -> Point;
}

fn main() {}
