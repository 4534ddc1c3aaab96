use std::rc::Rc;

use soap_runtime::soap_service;

#[soap_service]
trait Waiter {
    #[operation]
    async fn wait(&self);
}

struct MyWaiter;

#[soap_service]
impl Waiter for MyWaiter {
    async fn wait(&self) {
        let counter = Rc::new(1);
        std::future::ready(()).await;
        drop(counter);
    }
}

fn main() {}
