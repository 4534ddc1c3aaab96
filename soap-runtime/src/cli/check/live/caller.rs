//! Sends the questions, and writes down what was asked and answered.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::client::dynamic::{Call, Record as Values};
use crate::client::{Answer, Http, Transport};

use super::Status;
use super::record::{Exchange, Execution, Purpose, Record, Reply};

/// The way to the service, with the notebook.
pub(super) struct Caller {
    http: Http,
    record: Mutex<Record>,
}

impl Caller {
    pub(super) fn new(http: Http, record: Record) -> Self {
        Self { http, record: Mutex::new(record) }
    }

    pub(super) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, and writes it down.
    pub(super) async fn ask(
        &self,
        purpose: Purpose,
        execution: Execution,
        call: Call<'_>,
        values: &Values,
    ) -> Exchange {
        let sent = Instant::now();
        let answer = self.send(call, values).await;
        let received = Instant::now();
        let (answer, reply) = match answer {
            Ok(answer) => {
                let reply = Reply::read(&answer, self.http.address());
                (Some(answer), reply)
            }
            Err(reply) => (None, reply),
        };
        let operation = call.operation.name.clone();
        let status = reply.status_text().map(Status::of);
        let exchange = Exchange { purpose, execution, operation, sent, received, answer, reply, status };
        self.record().exchanges.push(exchange.clone());
        exchange
    }

    /// The same without a word in the notebook. What the operation has no input for is left out.
    ///
    /// # Errors
    /// What is there in place of an answer.
    pub(super) async fn send(&self, call: Call<'_>, values: &Values) -> Result<Answer, Reply> {
        let values = values.iter().filter(|(name, _)| !is_filled_in(name) || call.takes(name));
        let values = values.map(|(name, value)| (name.clone(), value.clone())).collect();
        let message = call.prepare(&values).map_err(|error| Reply::Unsent(error.to_string()))?;
        self.http.send(message).await.map_err(Reply::of_error)
    }
}

fn is_filled_in(name: &str) -> bool {
    super::super::subject::FILLED_IN.contains(&name)
}
