use std::fmt;

use soap_runtime::soap_service;

struct MyWaiter;

#[soap_service]
impl fmt::Display for MyWaiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("waiter")
    }
}

fn main() {}
