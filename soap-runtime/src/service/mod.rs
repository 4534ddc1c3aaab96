//! Typed methods behind one dynamic call: what `#[soap_service]` expands to.
//!
//! An operation is its arguments ([`Arguments`]), its outputs ([`Outputs`]) and a closure. The
//! macro writes those down; decoding, boxing and replying are done here.

mod arguments;
mod by_hand;
mod definition;
mod executions;
mod headers;
mod incoming;
mod jobs;
mod level;
mod method;
mod outputs;
mod policy;

pub use arguments::argument;
pub(crate) use definition::{Call, Context, Operation};
pub use definition::{Definition, SoapService, named, registered};
pub use headers::{MustUnderstand, WithHeaders};
pub(crate) use incoming::Incoming;
pub(crate) use jobs::JobMethod;
pub use jobs::{blocking_handle, handle, same_outputs};
pub use level::Level;
pub use method::{asynchronous, blocking};
pub use outputs::{Outputs, SoapFault, fault_from, fault_of, no_reply, outputs, outputs_and_headers, with_detail_of};
pub use policy::OnFailure;
