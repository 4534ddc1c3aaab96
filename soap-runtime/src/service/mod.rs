//! Typed methods behind one dynamic call: what `#[soap_service]` expands to.
//!
//! An operation is its arguments ([`Arguments`]), its outputs ([`Outputs`]) and a closure. The
//! macro writes those down; decoding, boxing and replying are done here.

mod arguments;
mod by_hand;
mod definition;
mod executions;
mod jobs;
mod method;
mod outputs;
mod policy;

pub(crate) use arguments::Incoming;
pub use arguments::argument;
pub(crate) use definition::{Call, Context, Operation};
pub use definition::{Definition, SoapService};
pub(crate) use jobs::JobMethod;
pub use jobs::{blocking_handle, handle, same_outputs};
pub use method::{asynchronous, blocking};
pub use outputs::{Outputs, SoapFault, fault_from, outputs};
pub use policy::OnFailure;
