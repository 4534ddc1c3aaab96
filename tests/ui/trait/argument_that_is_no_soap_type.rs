use soap_runtime::soap_service;

struct Point;

#[soap_service]
trait Waiter {
    #[operation]
    fn add(&self, a: Point) -> f64;
}

fn main() {}
