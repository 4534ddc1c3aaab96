//! Clients that `#[soap_service]` makes, over sockets: the examples as those see them who call them from Rust.

mod calculator;
// The example's services themselves: what is sent and what comes back are of one type.
#[path = "../../../examples/kitchen_sink/guarded.rs"]
mod guarded;
#[path = "../../../examples/kitchen_sink/legacy.rs"]
mod legacy;
#[path = "../../../examples/kitchen_sink/sink.rs"]
mod sink;
mod sinks;
#[path = "../../../examples/kitchen_sink/types.rs"]
mod types;
mod waiter;
