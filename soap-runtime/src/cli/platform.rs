//! What the platform makes of a service's operations, by their names.

use crate::client::dynamic::Call;
use crate::wsdl::model::{Definitions, Operation, Port};

use super::outputs::STATUS;

pub(crate) const GET_STATUS: &str = "getServiceStatus";
pub(crate) const ABORT: &str = "abortService";
pub(crate) const NOTIFY: &str = "notifyService";

/// The arguments that the platform fills in.
pub(crate) const FILLED_IN: [&str; 3] = ["serviceID", "sessionToken", "extraParameters"];

/// What an operation is for the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It answers with its outputs.
    Synchronous,
    /// It starts an execution, which the platform asks how far it is.
    Asynchronous,
    /// It starts one that tells by itself when it has ended.
    Application,
    /// The platform calls it for an execution that runs.
    Companion,
}

impl Kind {
    pub(crate) fn of(definitions: &Definitions, port: &Port, operation: &Operation) -> Self {
        let has = |name: &str| port.operations.iter().any(|operation| operation.name == name);
        let call = Call::new(definitions, port, operation);
        match operation.name.as_str() {
            GET_STATUS | ABORT | NOTIFY if call.takes("serviceID") => Self::Companion,
            _ if !call.gives(STATUS) => Self::Synchronous,
            _ if has(GET_STATUS) => Self::Asynchronous,
            _ => Self::Application,
        }
    }

    /// For scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Synchronous => "synchronous",
            Self::Asynchronous => "asynchronous",
            Self::Application => "application",
            Self::Companion => "companion",
        }
    }

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Synchronous => "synchronous service: it answers with its outputs",
            Self::Asynchronous => {
                "asynchronous service: it starts an execution, and getServiceStatus says how far it is"
            }
            Self::Application => {
                "application: it starts an execution, and tells the platform itself when that has ended"
            }
            Self::Companion => "called by the platform while an execution runs",
        }
    }
}
