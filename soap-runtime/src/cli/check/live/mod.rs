//! Does with a service what the platform does, and what it may do: nothing is judged here.
//!
//! First the serviceIDs that nobody knows, then one execution from start to end, then at the same time one that
//! is aborted and two that differ.

mod abort;
mod caller;
mod pair;
mod record;
mod unknown;
mod values;
mod watch;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use indicatif::ProgressBar;
use serde_json::Value;
use tokio::time::Instant;

use crate::client::Http;
use crate::client::dynamic::{Call, Record as Values};
use crate::wsdl::model::Operation;

pub(super) use super::super::page::{Page, Status};
use super::subject::{EXTRA_PARAMETERS, SERVICE_ID, SESSION_TOKEN, Subject};
use caller::Caller;
pub(super) use record::{Exchange, Execution, Purpose, Record, Reply, Step, shortened};
pub(super) use values::Inputs;

/// What is needed to ask.
pub(super) struct Lab<'a> {
    caller: Caller,
    subject: &'a Subject<'a>,
    /// The operation that is called: a start, or a synchronous one.
    operation: &'a Operation,
    inputs: Inputs,
    /// What the platform would know.
    token: String,
    extra_parameters: String,
    /// When the time is over.
    end: Instant,
    within: Duration,
    /// The executions that may still run.
    running: Mutex<Vec<String>>,
    progress: ProgressBar,
}

/// What the platform fills in, and how long everything may take.
pub(super) struct Settings {
    pub(super) token: String,
    pub(super) extra_parameters: String,
    pub(super) within: Duration,
    pub(super) progress: ProgressBar,
}

impl<'a> Lab<'a> {
    pub(super) fn new(
        http: Http,
        subject: &'a Subject<'a>,
        operation: &'a Operation,
        inputs: Inputs,
        settings: Settings,
    ) -> Self {
        let record = Record::empty("there was no time for it");
        let Settings { token, extra_parameters, within, progress } = settings;
        Self {
            caller: Caller::new(http, record),
            subject,
            operation,
            inputs,
            token,
            extra_parameters,
            end: Instant::now() + within,
            within,
            running: Mutex::default(),
            progress,
        }
    }

    /// Asks everything, as far as there is time.
    pub(super) async fn run(&self) {
        if tokio::time::timeout_at(self.end, self.steps()).await.is_err() {
            self.caller.record().stopped = format!("it did not fit into {} s (--within)", self.within.as_secs_f32());
        }
        self.caller.record().forget_if_unreachable();
    }

    /// What was found out.
    pub(super) fn into_record(self) -> Record {
        std::mem::take(&mut *self.caller.record())
    }

    async fn steps(&self) {
        if !self.subject.starts.iter().any(|start| start.name == self.operation.name) {
            return self.call_once().await;
        }
        self.say("asking for executions that nobody has started");
        self.unknown_ids().await;
        self.say("starting an execution");
        if let Err(why) = self.watch().await {
            self.caller.record().stopped = why;
            return;
        }
        self.say("aborting an execution, and running two at once");
        tokio::join!(self.abort(), self.pair());
    }

    async fn call_once(&self) {
        self.say("calling");
        let values = self.filled_in("check", &self.inputs.values);
        self.caller.ask(Purpose::Call, Execution::None, self.call(self.operation), &values).await;
        self.end_step(Step::Call, Ok(()));
    }

    /// Ends what was started and has not ended; says how many go on.
    pub(super) async fn clean_up(&self) -> usize {
        let running = std::mem::take(&mut *self.running());
        let Some(abort) = self.subject.abort else { return running.len() };
        self.say("aborting what was started");
        let mut left = 0;
        for service_id in running {
            let sent = self.caller.send(self.call(abort), &self.filled_in(&service_id, &Values::new())).await;
            left += usize::from(sent.is_err());
        }
        left
    }

    fn say(&self, what: &str) {
        self.progress.set_message(what.to_owned());
    }

    fn end_step(&self, step: Step, how: Result<(), String>) {
        self.caller.record().end(step, how);
    }

    fn running(&self) -> MutexGuard<'_, Vec<String>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A serviceID that nobody else has, and that is to be aborted in the end.
    fn new_execution(&self, execution: Execution) -> String {
        let service_id = new_id();
        self.running().push(service_id.clone());
        self.caller.record().marks.push((execution, service_id.clone()));
        service_id
    }

    fn has_ended(&self, service_id: &str) {
        self.running().retain(|running| running != service_id);
    }

    /// The values with what the platform fills in.
    fn filled_in(&self, service_id: &str, values: &Values) -> Values {
        let mut all = values.clone();
        all.insert(SERVICE_ID.to_owned(), Value::from(service_id));
        all.insert(SESSION_TOKEN.to_owned(), Value::from(&*self.token));
        all.insert(EXTRA_PARAMETERS.to_owned(), Value::from(&*self.extra_parameters));
        all
    }

    fn call(&self, operation: &'a Operation) -> Call<'a> {
        self.subject.call(operation)
    }

    async fn start(&self, purpose: Purpose, execution: Execution, id: &str, values: &Values) -> Exchange {
        self.caller.ask(purpose, execution, self.call(self.operation), &self.filled_in(id, values)).await
    }

    async fn status(&self, purpose: Purpose, execution: Execution, service_id: &str) -> Option<Exchange> {
        let status = self.subject.status?;
        let exchange =
            self.caller.ask(purpose, execution, self.call(status), &self.filled_in(service_id, &Values::new())).await;
        if exchange.is_completed() {
            self.has_ended(service_id);
        }
        Some(exchange)
    }
}

fn new_id() -> String {
    format!("check-{}", uuid::Uuid::new_v4())
}
