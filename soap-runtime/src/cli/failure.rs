//! Why a command could not do its work, and the exit code that says so.

use std::fmt;

use crate::client::CallError;
use crate::client::dynamic::SendError;

/// The answer is no.
pub(crate) const NO: u8 = 1;
const USAGE: u8 = 2;
const UNREACHABLE: u8 = 3;
const ABORTED: u8 = 130;

/// What a command that has done its work has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Exit code 0.
    Yes,
    /// Exit code 1: findings, breaking changes; the command has told them itself.
    No,
}

/// What comes of a command.
pub(crate) type Done = Result<Verdict, Failure>;

/// Why a command ended early: one sentence, what there is to add, and the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    code: u8,
    sentence: String,
    /// Lines below it.
    more: Vec<String>,
}

impl Failure {
    /// The answer is no: a fault, a job that failed.
    pub(crate) fn no(sentence: impl Into<String>) -> Self {
        Self::new(NO, sentence)
    }

    /// Bad arguments, or a WSDL that cannot be had: nothing was done.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self::new(USAGE, sentence)
    }

    /// The service cannot be reached, or what it says is not SOAP.
    pub(crate) fn unreachable(sentence: impl Into<String>) -> Self {
        Self::new(UNREACHABLE, sentence)
    }

    /// The user has ended it.
    pub(crate) fn aborted(sentence: impl Into<String>) -> Self {
        Self::new(ABORTED, sentence)
    }

    fn new(code: u8, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into(), more: Vec::new() }
    }

    /// With lines below the sentence: the names that there are, an example.
    #[must_use]
    pub(crate) fn with(mut self, lines: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.more.extend(lines.into_iter().map(Into::into));
        self
    }

    /// The same, which begins with what it is about: a step of several.
    #[must_use]
    pub(crate) fn about(self, what: &str) -> Self {
        Self { sentence: format!("{what}: {}", self.sentence), ..self }
    }

    pub(crate) fn code(&self) -> u8 {
        self.code
    }

    pub(crate) fn sentence(&self) -> &str {
        &self.sentence
    }

    pub(crate) fn more(&self) -> &[String] {
        &self.more
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<SendError> for Failure {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Argument(error) => Self::usage(error.to_string()),
            SendError::Call(error) => error.into(),
        }
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Fault(fault) => {
                let detail = fault.detail.as_ref().map(|detail| detail.as_str().trim().to_owned());
                let detail = detail.filter(|detail| !detail.is_empty());
                let actor = fault.actor.as_ref().map(|actor| format!("found by {actor}"));
                let sentence = format!("the service says: {fault}");
                Self::no(sentence).with(actor).with(detail.map(|detail| format!("detail: {detail}")))
            }
            CallError::Unwritable(error) => Self::usage(format!("the arguments cannot be sent: {error}")),
            error => Self::unreachable(error.to_string()),
        }
    }
}
