//! One execution of a service, run as the workflow manager does it: started, polled or waited for, aborted.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::failure::Failure;
use super::manager::{Manager, Said};
use super::options::Secrets;
use super::page::{Page, Status};
use crate::client::dynamic::{Call, Record, SendError};
use crate::client::{CallError, Transport};

/// Names that the contract of the platform gives a meaning.
pub(crate) const SERVICE_ID: &str = "serviceID";
pub(crate) const SESSION_TOKEN: &str = "sessionToken";
pub(crate) const EXTRA_PARAMETERS: &str = "extraParameters";
pub(crate) const STATUS: &str = "status_base64";
pub(crate) const GET_STATUS: &str = "getServiceStatus";
pub(crate) const ABORT: &str = "abortService";
pub(crate) const NOTIFY: &str = "notifyService";

/// How long a service may be out of reach, once it has started.
pub(crate) const RETRY: Duration = Duration::from_secs(60);

/// How an operation is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One call, one answer.
    Synchronous,
    /// It is started, and asked how far it is until it says COMPLETED.
    Asynchronous,
    /// It is started, shows its user a page, and says by itself when it has finished.
    Application,
}

impl Kind {
    /// Told by its signature, as that is all that a WSDL says: what is started takes a serviceID and returns a
    /// page, and what is polled has `getServiceStatus` beside it.
    pub(crate) fn of(call: &Call<'_>) -> Self {
        let is_started = call.takes(SERVICE_ID) && call.gives(STATUS) && call.operation.name != GET_STATUS;
        let is_polled = Call::of(call.definitions, call.port, GET_STATUS).is_some();
        match (is_started, is_polled) {
            (false, _) => Self::Synchronous,
            (true, true) => Self::Asynchronous,
            (true, false) => Self::Application,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Synchronous => "synchronous",
            Self::Asynchronous => "asynchronous",
            Self::Application => "application",
        }
    }
}

/// A serviceID that nobody had before.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Who is told of an execution while it runs.
pub(crate) trait Watch {
    /// The service shows a page.
    fn page(&mut self, page: &Page);

    /// The page is what it was.
    fn unchanged(&mut self) {}

    /// It has begun.
    fn started(&mut self) {}

    /// It is asked how far it is.
    fn polled(&mut self) {}

    /// It cannot be reached for the moment, and is asked again after `wait`.
    fn retrying(&mut self, _error: &CallError, _wait: Duration) {}

    /// The user wants it to end.
    fn aborting(&mut self) {}

    /// An application has said something that was answered with a fault.
    fn refused(&mut self, reason: &str);
}

/// One execution.
pub(crate) struct Execution<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) transport: &'a dyn Transport,
    pub(crate) id: &'a str,
    pub(crate) secrets: &'a Secrets,
    /// How long after an answer the next question comes.
    pub(crate) every: Duration,
    /// How long it may be out of reach, once it has begun.
    pub(crate) retry: Duration,
    /// Where applications report to.
    pub(crate) manager: Option<&'a Manager>,
}

impl Execution<'_> {
    /// Starts it and goes on until it has ended. Ctrl-C aborts it.
    ///
    /// # Errors
    /// That it failed, was aborted, or cannot be reached.
    pub(crate) async fn run(&self, arguments: Record, watch: &mut dyn Watch) -> Result<Record, Failure> {
        // One for both: a second Ctrl-C may come before anybody waits for it.
        let mut interrupts = signal(SignalKind::interrupt())
            .map_err(|error| Failure::usage(format!("cannot listen for Ctrl-C: {error}")))?;
        tokio::select! {
            ended = self.to_its_end(arguments, watch) => return ended,
            _ = interrupts.recv() => {}
        }
        watch.aborting();
        Err(self.interrupted(&mut interrupts).await)
    }

    /// That it can be started with these arguments.
    ///
    /// # Errors
    /// The first argument that does not fit.
    pub(crate) fn check(&self, arguments: &Record) -> Result<(), Failure> {
        let mut arguments = arguments.clone();
        self.fill_in(&self.call, &mut arguments);
        self.call.prepare(&arguments)?;
        Ok(())
    }

    async fn to_its_end(&self, mut arguments: Record, watch: &mut dyn Watch) -> Result<Record, Failure> {
        let kind = Kind::of(&self.call);
        self.fill_in(&self.call, &mut arguments);
        // Before the start: a user may be faster than its answer.
        let waiting = match (kind, self.manager) {
            (Kind::Application, Some(manager)) => {
                let names = self.call.outputs().iter().map(|output| output.name.local.clone()).collect();
                Some(manager.expect(self.id, self.token(), names))
            }
            _ => None,
        };
        let started = self.call.send(self.transport, &arguments).await?;
        watch.started();
        match (kind, waiting) {
            (Kind::Asynchronous, _) => self.polled(started, watch).await,
            (Kind::Application, Some(mut waiting)) => {
                show(&status_of(&started)?, watch);
                loop {
                    match waiting.next().await {
                        Said::Finished(outputs) => {
                            return Ok(outputs.into_iter().map(|(name, value)| (name, value.into())).collect());
                        }
                        Said::Refused(reason) => watch.refused(&reason),
                    }
                }
            }
            _ => Ok(started),
        }
    }

    async fn polled(&self, started: Record, watch: &mut dyn Watch) -> Result<Record, Failure> {
        let mut answer = started;
        loop {
            let status = status_of(&answer)?;
            if status == Status::Completed {
                return Ok(answer);
            }
            show(&status, watch);
            tokio::time::sleep(self.every).await;
            answer = self.poll(watch).await?;
        }
    }

    /// Asks how far it is, again and again if nobody is there to answer.
    async fn poll(&self, watch: &mut dyn Watch) -> Result<Record, Failure> {
        const LONGEST: Duration = Duration::from_secs(30);
        let start = Instant::now();
        let mut wait = self.every.min(Duration::from_secs(1));
        loop {
            watch.polled();
            match self.ask(GET_STATUS).await {
                Ok(answer) => return Ok(answer.unwrap_or_default()),
                Err(SendError::Call(error)) if may_pass(&error) && start.elapsed() + wait <= self.retry => {
                    watch.retrying(&error, wait);
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Calls one of the operations around an execution; `None` if there is no such operation.
    pub(crate) async fn ask(&self, operation: &str) -> Result<Option<Record>, SendError> {
        self.ask_with(operation, Record::new()).await
    }

    /// The same with arguments of its own.
    pub(crate) async fn ask_with(&self, operation: &str, mut arguments: Record) -> Result<Option<Record>, SendError> {
        let Some(call) = Call::of(self.call.definitions, self.call.port, operation) else { return Ok(None) };
        self.fill_in(&call, &mut arguments);
        call.send(self.transport, &arguments).await.map(Some)
    }

    /// What the workflow manager gives by itself, where it is taken and not given.
    fn fill_in(&self, call: &Call<'_>, arguments: &mut Record) {
        let extra = self.secrets.extra_parameters.as_deref();
        let extra = match self.manager {
            Some(manager) => Some(manager.extra_parameters(extra)),
            None => extra.map(str::to_owned),
        };
        let values = [
            (SERVICE_ID, Some(self.id.to_owned())),
            (SESSION_TOKEN, self.secrets.session_token.clone()),
            (EXTRA_PARAMETERS, extra),
        ];
        for (name, value) in values {
            if let Some(value) = value.filter(|_| call.takes(name) && !arguments.contains_key(name)) {
                arguments.insert(name.to_owned(), Value::from(value));
            }
        }
    }

    fn token(&self) -> &str {
        self.secrets.session_token.as_deref().unwrap_or_default()
    }

    /// Aborts it, unless Ctrl-C comes once more.
    async fn interrupted(&self, interrupts: &mut Signal) -> Failure {
        let name = &self.call.operation.name;
        if Kind::of(&self.call) == Kind::Synchronous {
            return Failure::aborted(format!("`{name}` was not waited for"));
        }
        let id = self.id;
        let aborted = tokio::select! {
            aborted = self.ask(ABORT) => aborted,
            _ = interrupts.recv() => return Failure::aborted(format!("the execution {id} of `{name}` may go on")),
        };
        match aborted {
            Ok(Some(answer)) if answer.values().any(|said| *said == Value::Bool(false)) => Failure::aborted(format!(
                "the execution {id} of `{name}` may go on: `{ABORT}` says that it was not aborted"
            )),
            Ok(Some(_)) => Failure::aborted(format!("the execution {id} of `{name}` was aborted")),
            Ok(None) => Failure::aborted(format!("the execution {id} of `{name}` goes on: there is no `{ABORT}`")),
            Err(error) => Failure::aborted(format!("the execution {id} of `{name}` may go on: {error}")),
        }
    }
}

/// Nobody was there, or only a proxy was: that may be better in a moment.
fn may_pass(error: &CallError) -> bool {
    match error {
        CallError::Unreachable { .. } | CallError::Timeout { .. } => true,
        CallError::NoSoap { status, .. } => matches!(status, 502..=504),
        _ => false,
    }
}

fn status_of(answer: &Record) -> Result<Status, Failure> {
    // Without this an answer to something else would be an empty page, and be asked for until the end of days.
    let missing = || Failure::no(format!("the answer has no output `{STATUS}`"));
    let text = answer.get(STATUS).and_then(Value::as_str).ok_or_else(missing)?;
    match Status::of(text) {
        Status::Broken(problem) => Err(Failure::no(format!(
            "the output `{STATUS}` is no page in base64, nor COMPLETED or UNCHANGED: {problem}"
        ))),
        status => Ok(status),
    }
}

fn show(status: &Status, watch: &mut dyn Watch) {
    match status {
        Status::Page(page) => watch.page(page),
        Status::Unchanged => watch.unchanged(),
        Status::Completed | Status::Broken(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_without_a_status_is_no_page() {
        let said = |status: &str| status_of(&Record::from_iter([(STATUS.to_owned(), status.into())]));
        assert_eq!(said("COMPLETED"), Ok(Status::Completed));
        assert_eq!(said("!").expect_err("that is no base64").code(), 1);
        let missing = status_of(&Record::new()).expect_err("nothing is said of it");
        assert_eq!(missing.sentence(), "the answer has no output `status_base64`");
    }
}
