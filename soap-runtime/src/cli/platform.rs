//! What the platform makes of a service's operations, by their names.

use super::execution::{ABORT, EXTRA_PARAMETERS, GET_STATUS, Kind, NOTIFY, SERVICE_ID, SESSION_TOKEN};
use crate::client::dynamic::Call;

/// The arguments that the platform fills in.
pub(crate) const FILLED_IN: [&str; 3] = [SERVICE_ID, SESSION_TOKEN, EXTRA_PARAMETERS];

/// What an operation is for the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It can stand in a workflow.
    Service(Kind),
    /// The platform calls it for an execution that runs.
    Companion,
}

impl Role {
    pub(crate) fn of(call: &Call<'_>) -> Self {
        match call.operation.name.as_str() {
            GET_STATUS | ABORT | NOTIFY if call.takes(SERVICE_ID) => Self::Companion,
            _ => Self::Service(Kind::of(call)),
        }
    }

    /// For scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Service(kind) => kind.word(),
            Self::Companion => "companion",
        }
    }

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Service(Kind::Synchronous) => "synchronous service: it answers with its outputs",
            Self::Service(Kind::Asynchronous) => {
                "asynchronous service: it starts an execution, and getServiceStatus says how far it is"
            }
            Self::Service(Kind::Application) => {
                "application: it starts an execution, and tells the platform itself when that has ended"
            }
            Self::Companion => "called by the platform while an execution runs",
        }
    }
}
