//! All that the rules judge.

use std::time::Duration;

use super::judgement::Judgement;
use super::live::{Record, Step};
use super::subject::Subject;
use super::web::Web;

pub(super) struct Evidence<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) web: Web,
    pub(super) record: Record,
    /// The most that an exchange may take.
    pub(super) timeout: Duration,
    pub(super) token: Token,
    /// Inputs for which nobody has given a value.
    pub(super) invented: Vec<String>,
    /// What two executions at once were started with.
    pub(super) pair: Pair,
}

/// The session token that was sent.
pub(super) enum Token {
    Given(String),
    Invented(String),
}

/// The inputs of two executions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Alike,
    Different,
}

impl Token {
    pub(super) fn value(&self) -> &str {
        let (Self::Given(value) | Self::Invented(value)) = self;
        value
    }
}

impl<'a> Evidence<'a> {
    /// What is known before anything has been asked of executions.
    pub(super) fn new(subject: &'a Subject<'a>, web: Web, timeout: Duration) -> Self {
        let token = Token::Invented(String::new());
        Self { subject, web, record: Record::default(), timeout, token, invented: Vec::new(), pair: Pair::Alike }
    }

    /// That a rule about executions does not apply, if there are none.
    pub(super) fn without_executions(&self) -> Option<Judgement> {
        let synchronous = || Judgement::does_not_apply("the service has no start method");
        let is_start =
            |named: &crate::wsdl::model::Operation| self.subject.starts.iter().any(|start| start.name == named.name);
        match self.subject.named {
            _ if self.subject.starts.is_empty() => Some(synchronous()),
            Some(named) if !is_start(named) => Some(synchronous()),
            _ => None,
        }
    }

    /// The same for a rule about what is said of executions.
    pub(super) fn without_status(&self) -> Option<Judgement> {
        let application = || Judgement::does_not_apply("nobody polls an application");
        self.without_executions().or_else(|| self.subject.status.is_none().then(application))
    }

    /// That it was asked all that belongs to a step.
    pub(super) fn asked(&self, step: Step) -> Result<(), String> {
        self.record.ended(step)
    }
}
