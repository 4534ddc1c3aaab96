use soap_runtime::soap_service;

struct Point;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, #[soap(default = Point)] at: Point) {
        drop(at);
    }
}

fn main() {}
