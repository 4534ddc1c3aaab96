//! Everything that a service can say: each type and each feature of SOAP in an operation that sends back
//! what came.
//!
//! ```text
//! cargo run --example kitchen_sink
//! ```
//!
//! Three services on one port: [`sink`] with all types, styles, headers and faults; [`legacy`], as old
//! contracts want it, rpc/literal; [`guarded`], which lets in whom it knows.

#[path = "kitchen_sink/guarded.rs"]
mod guarded;
#[path = "kitchen_sink/legacy.rs"]
mod legacy;
#[path = "kitchen_sink/sink.rs"]
mod sink;
#[path = "kitchen_sink/types.rs"]
mod types;

use soap_runtime::{App, ExitCode, UsernameToken};

use guarded::Guarded;
use legacy::Legacy;
use sink::KitchenSink;

fn main() -> ExitCode {
    App::new()
        .service(KitchenSink::default())
        .service(Legacy)
        .service_with(Guarded, UsernameToken::new(guarded::password_of))
        .run()
}
