use soap_runtime::soap_service;

struct Waiter;

#[soap_service(form = "none")]
impl Waiter {
    #[operation]
    fn ping(&self) {}
}

fn main() {}
