//! Why a call gave no result.

use std::fmt;
use std::time::Duration;

use crate::service::SoapFault;
use crate::types::{AnyXml, SoapType};
use crate::xml::{Element, Limits, ReadError, WriteError, read_root};

/// Why a call gave no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The service answered with a fault.
    #[error("{0}")]
    Fault(Box<ReceivedFault>),
    /// No answer came: nobody listens there, or the connection broke.
    #[error("{address} cannot be reached: {reason}")]
    Unreachable {
        /// Where the message was sent to.
        address: String,
        /// What went wrong.
        reason: String,
    },
    /// No answer came in time.
    #[error("{address} has not answered within {} s", after.as_secs_f32())]
    Timeout {
        /// Where the message was sent to.
        address: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// The answer is that the service is elsewhere. Calls are not sent on, for they hold the login of their user.
    #[error("{address} says that it is at {to} now; call that, if it can be trusted")]
    Redirected {
        /// Where the message was sent to.
        address: String,
        /// Where it is said to belong.
        to: String,
    },
    /// The answer is no SOAP message: an error page of a proxy, say.
    #[error("{address} answered with HTTP status {status} and no SOAP message{}", shown(.start))]
    NoSoap {
        /// Where the message was sent to.
        address: String,
        /// The status of HTTP.
        status: u16,
        /// The beginning of what came in place of it.
        start: String,
    },
    /// The answer is longer than is taken.
    #[error("{address} answered with more than {most} bytes")]
    TooLong {
        /// Where the message was sent to.
        address: String,
        /// The most that is taken.
        most: usize,
    },
    /// The answer is a SOAP message, and not what was expected.
    #[error("the answer cannot be understood: {0}")]
    Unreadable(#[from] ReadError),
    /// The arguments cannot be sent.
    #[error("the arguments cannot be sent: {0}")]
    Unwritable(#[from] WriteError),
}

fn shown(start: &str) -> String {
    if start.is_empty() { String::new() } else { format!(": {start}") }
}

/// A fault as it came (SOAP 1.1 §4.4, SOAP 1.2 Part 1 §5.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFault {
    /// The code without its prefix: `Client.ValidationError`; in SOAP 1.2 `Sender`.
    pub code: String,
    /// Those of SOAP 1.2, each without its prefix, from the outermost to the innermost.
    pub subcodes: Vec<String>,
    /// What the service says.
    pub message: String,
    /// Who found it, if that is said.
    pub actor: Option<String>,
    /// What stands in the detail.
    pub detail: Option<AnyXml>,
}

impl ReceivedFault {
    /// The error that the service ended with, if it is one of `E`, and `E` holds no more than what was sent.
    ///
    /// ```
    /// # use soap_runtime::client::{CallError, ReceivedFault};
    /// # use soap_runtime::SoapFault;
    /// #[derive(Debug, thiserror::Error, SoapFault)]
    /// enum CalculatorError {
    ///     #[error("{dividend} cannot be divided by zero")]
    ///     DivisionByZero { dividend: f64 },
    /// }
    ///
    /// fn dividend(error: &CallError) -> Option<f64> {
    ///     let CallError::Fault(fault) = error else { return None };
    ///     match fault.to()?.ok()? {
    ///         CalculatorError::DivisionByZero { dividend } => Some(dividend),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// If a value in the detail is not what `E` says.
    pub fn to<E: SoapFault>(&self) -> Option<Result<E, ReadError>> {
        self.find(E::read_detail)
    }

    /// The element `name` of the detail, whatever its namespace, as a value of `T`.
    ///
    /// # Errors
    /// If it is no such value.
    pub fn detail_as<T: SoapType>(&self, name: &str) -> Option<Result<T, ReadError>> {
        self.find(|element| match element.local_name() == name {
            true => T::read_item(element).map(Some),
            false => element.skip().map(|()| None),
        })
    }

    /// The first of the elements in the detail that `read` makes something of.
    fn find<T>(&self, read: impl Fn(Element<'_, '_>) -> Result<Option<T>, ReadError>) -> Option<Result<T, ReadError>> {
        let detail = format!("<detail>{}</detail>", self.detail.as_ref()?.as_str());
        let found = read_root(detail, Limits::default(), |mut detail| {
            while let Some(element) = detail.next_child()? {
                if let Some(found) = read(element)? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        });
        found.transpose()
    }
}

impl fmt::Display for ReceivedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        write!(f, " ({}", self.code)?;
        self.subcodes.iter().try_for_each(|subcode| write!(f, "/{subcode}"))?;
        f.write_str(")")
    }
}

impl From<ReceivedFault> for CallError {
    fn from(fault: ReceivedFault) -> Self {
        Self::Fault(Box::new(fault))
    }
}
