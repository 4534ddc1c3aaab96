//! Services that many tests call, each started once.

use std::sync::OnceLock;

use crate::program::Service;

pub(crate) fn waiter() -> &'static Service {
    static WAITER: OnceLock<Service> = OnceLock::new();
    WAITER.get_or_init(|| Service::start("waiter"))
}

pub(crate) fn kitchen_sink() -> &'static Service {
    static SINK: OnceLock<Service> = OnceLock::new();
    SINK.get_or_init(|| Service::start("kitchen_sink"))
}
