//! Typed methods behind one dynamic call: what `#[soap_service]` expands to.
//!
//! An operation is its arguments ([`Arguments`]), its outputs ([`Outputs`]) and a closure. The
//! macro writes those down; decoding, boxing and replying are done here.

mod answered;
mod arguments;
mod by_hand;
mod definition;
mod described;
mod executions;
mod given;
mod headers;
mod incoming;
mod jobs;
mod level;
mod method;
mod outputs;
mod policy;

pub use answered::{Answered, Output, detail};
pub use arguments::argument;
pub(crate) use definition::{Call, Context, Operation, level_of};
pub use definition::{Definition, SoapService, named};
pub use described::registered;
pub use given::Given;
pub(crate) use headers::ReplyHeaders;
pub use headers::{MustUnderstand, WithHeaders};
pub(crate) use incoming::Incoming;
pub(crate) use jobs::JobMethod;
pub use jobs::{blocking_handle, handle, same_outputs};
pub use level::Level;
pub use method::{asynchronous, blocking};
pub use outputs::{Outputs, Return, SoapFault, detail_of, fault_from, no_reply, outputs, outputs_and_headers};
pub use policy::OnFailure;
