//! Typed methods behind one dynamic call: what `#[soap_service]` expands to.
//!
//! An operation is its arguments ([`Arguments`]), its outputs ([`Outputs`]) and a closure. The
//! macro writes those down; decoding, boxing and replying are done here.

mod arguments;
mod definition;
mod method;
mod outputs;

pub use arguments::argument;
pub(crate) use definition::{Call, Operation};
pub use definition::{Definition, SoapService};
pub(crate) use method::Work;
pub use method::{asynchronous, blocking};
pub use outputs::{Outputs, SoapFault, fault_from, outputs};
