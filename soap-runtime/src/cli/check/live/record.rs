//! What was asked and answered: it is written down first, and judged afterwards.

use std::time::{Duration, Instant};

use crate::client::{Answer, CallError, ReceivedFault, open_reply};
use crate::types::{AnyXml, SoapType};

use super::super::subject::STATUS;
use super::{Page, Status};

/// Why the service was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Purpose {
    /// A synchronous operation.
    Call,
    Start,
    /// With the same serviceID and the same inputs.
    StartAgain,
    /// With the same serviceID and other inputs.
    StartOther,
    FirstStatus,
    Status,
    /// Of a serviceID that nobody has started.
    StatusOfUnknown,
    /// Of one that only an attacker or a mistake would make; what is special about it.
    StatusOfHostile(&'static str),
    Abort,
    AbortOfUnknown,
    Notify,
}

/// Which execution it was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Execution {
    /// None that exists.
    None,
    /// The one that is watched from start to end.
    Watched,
    /// The one that is aborted.
    Aborted,
    /// With the same inputs as the one that is watched.
    Same,
    /// At the same time as that, with other inputs.
    Other,
}

/// One question and its answer.
#[derive(Clone, Debug)]
pub(in super::super) struct Exchange {
    pub(in super::super) purpose: Purpose,
    pub(in super::super) execution: Execution,
    pub(in super::super) operation: String,
    pub(in super::super) sent: Instant,
    pub(in super::super) received: Instant,
    /// As it came; none if nothing came.
    pub(in super::super) answer: Option<Answer>,
    pub(in super::super) reply: Reply,
    /// What it says of an execution, if it does.
    pub(in super::super) status: Option<Status>,
}

/// What an answer says.
#[derive(Clone, Debug)]
pub(in super::super) enum Reply {
    Outputs(Vec<Output>),
    Fault(Box<ReceivedFault>),
    /// No SOAP message.
    Unreadable(String),
    TimedOut,
    /// The connection was refused, or broke.
    Broken(String),
    /// Nothing was asked, for the schema does not allow it.
    Unsent(String),
}

/// One output as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Output {
    pub(in super::super) name: String,
    /// Its text, or the XML in it.
    pub(in super::super) value: String,
}

impl Reply {
    /// What came in place of an answer, or of one that can be read.
    pub(in super::super) fn of_error(error: CallError) -> Self {
        match error {
            CallError::Fault(fault) => Self::Fault(fault),
            CallError::Timeout { .. } => Self::TimedOut,
            CallError::Unreachable { reason, .. } => Self::Broken(reason),
            error => Self::Unreadable(error.to_string()),
        }
    }

    pub(in super::super) fn read(answer: &Answer, address: &str) -> Self {
        let outputs = open_reply(answer, address, |element| {
            let mut outputs = Vec::new();
            let Some(mut element) = element else { return Ok(outputs) };
            while let Some(child) = element.next_child()? {
                let name = child.local_name().to_owned();
                let value = AnyXml::read(child)?;
                outputs.push(Output { name, value: value.to_text().unwrap_or_else(|| value.into_string()) });
            }
            Ok(outputs)
        });
        outputs.map_or_else(Self::of_error, Self::Outputs)
    }

    pub(in super::super) fn outputs(&self) -> Option<&[Output]> {
        match self {
            Self::Outputs(outputs) => Some(outputs),
            _ => None,
        }
    }

    /// The text of `status_base64`, untouched.
    pub(in super::super) fn status_text(&self) -> Option<&str> {
        self.outputs()?.iter().find(|output| output.name == STATUS).map(|output| &*output.value)
    }

    pub(in super::super) fn fault(&self) -> Option<&ReceivedFault> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// In words that go on from `answered with`.
    pub(in super::super) fn words(&self) -> String {
        match self {
            Self::Outputs(_) => "outputs".to_owned(),
            Self::Fault(fault) => format!("the fault \"{}\"", shortened(&fault.message)),
            Self::Unreadable(why) => format!("what is no SOAP message ({why})"),
            Self::TimedOut => "nothing in time".to_owned(),
            Self::Broken(why) => format!("nothing ({why})"),
            Self::Unsent(why) => format!("nothing, for nothing was sent ({why})"),
        }
    }
}

/// The beginning of a text of the service, for a sentence.
pub(in super::super) fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = crate::app::safe(&text);
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}...", &text[..end]),
    }
}

impl Exchange {
    pub(in super::super) fn took(&self) -> Duration {
        self.received.duration_since(self.sent)
    }

    /// The page that it brings, if that can be read.
    pub(in super::super) fn page(&self) -> Option<&Page> {
        match self.status.as_ref()? {
            Status::Page(page) => Some(page),
            _ => None,
        }
    }

    pub(in super::super) fn is_completed(&self) -> bool {
        matches!(self.status, Some(Status::Completed))
    }

    /// The outputs beside `status_base64`.
    pub(in super::super) fn results(&self) -> Option<Vec<&Output>> {
        Some(self.reply.outputs()?.iter().filter(|output| output.name != STATUS).collect())
    }

    /// What was asked, for the place of a finding.
    pub(in super::super) fn place(&self) -> String {
        let operation = &self.operation;
        match self.purpose {
            Purpose::Call | Purpose::Start | Purpose::Status | Purpose::Notify | Purpose::Abort => operation.clone(),
            Purpose::StartAgain => format!("{operation}, with the same serviceID and the same inputs"),
            Purpose::StartOther => format!("{operation}, with the same serviceID and other inputs"),
            Purpose::FirstStatus => format!("{operation}, right after the start"),
            Purpose::StatusOfUnknown | Purpose::AbortOfUnknown => format!("{operation}, of an unknown serviceID"),
            Purpose::StatusOfHostile(which) => format!("{operation}, of {which}"),
        }
    }
}

/// A part of the questions, which has come to its end or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Step {
    Call,
    UnknownIds,
    Start,
    /// The watched execution, to its end.
    Watch,
    Again,
    OtherInputs,
    Notify,
    Abort,
    /// Two executions at once.
    Pair,
}

/// All of it.
#[derive(Debug, Default)]
pub(in super::super) struct Record {
    pub(in super::super) exchanges: Vec<Exchange>,
    /// How the steps that were taken have ended.
    ended: Vec<(Step, Result<(), String>)>,
    /// Why the others were not taken.
    pub(in super::super) stopped: String,
    /// Nobody has answered anything, and why.
    pub(in super::super) unreachable: Option<String>,
    /// Of the executions, with what is known by each only.
    pub(in super::super) marks: Vec<(Execution, String)>,
}

impl Record {
    /// Nothing was asked yet; `why` is said of what never will be.
    pub(in super::super) fn empty(why: impl Into<String>) -> Self {
        Self { stopped: why.into(), ..Self::default() }
    }

    /// Where nobody answers there is nothing to judge.
    pub(super) fn forget_if_unreachable(&mut self) {
        let why = |exchange: &Exchange| match &exchange.reply {
            Reply::Broken(why) => Some(why.clone()),
            _ => None,
        };
        let reasons: Option<Vec<String>> = self.exchanges.iter().map(why).collect();
        let Some(why) = reasons.and_then(|reasons| reasons.into_iter().next()) else { return };
        *self = Self { unreachable: Some(why.clone()), ..Self::empty(format!("the service cannot be reached: {why}")) };
    }

    pub(in super::super) fn end(&mut self, step: Step, how: Result<(), String>) {
        self.ended.push((step, how));
    }

    /// That a step was taken to its end, or why not.
    pub(in super::super) fn ended(&self, step: Step) -> Result<(), String> {
        let found = self.ended.iter().find(|(ended, _)| *ended == step);
        found.map_or_else(|| Err(self.stopped.clone()), |(_, how)| how.clone())
    }

    /// The exchanges about one execution, in the order in which they were answered.
    pub(in super::super) fn about(&self, execution: Execution) -> impl Iterator<Item = &Exchange> + Clone {
        self.exchanges.iter().filter(move |exchange| exchange.execution == execution)
    }

    pub(in super::super) fn of(&self, purpose: Purpose) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.purpose == purpose)
    }

    /// The first answer that says that an execution has completed.
    pub(in super::super) fn completed(&self, execution: Execution) -> Option<&Exchange> {
        self.about(execution).find(|exchange| exchange.is_completed())
    }
}
