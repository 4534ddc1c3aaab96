//! An execution that is aborted.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::client::dynamic::Record as Values;

use super::Lab;
use super::record::{Execution, Purpose, Step};

/// What goes on after an abort is looked for so long, unless an execution takes less.
const MOST: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

impl Lab<'_> {
    pub(super) async fn abort(&self) {
        if self.subject.abort.is_some() {
            let how = self.start_and_abort().await;
            self.end_step(Step::Abort, how);
        }
    }

    async fn start_and_abort(&self) -> Result<(), String> {
        let (Some(abort), execution) = (self.subject.abort, Execution::Aborted) else { return Ok(()) };
        let service_id = self.new_execution(execution);
        let start = self.start(Purpose::Start, execution, &service_id, &self.inputs.values).await;
        if start.reply.outputs().is_none() {
            return Err(format!("a second execution could not be started: the answer was {}", start.reply.words()));
        }
        let status = self.status(Purpose::Status, execution, &service_id).await;
        if status.is_some_and(|status| status.is_completed()) {
            return Err("the execution ended before it was aborted: give inputs with which it takes longer".to_owned());
        }
        self.caller
            .ask(Purpose::Abort, execution, self.call(abort), &self.filled_in(&service_id, &Values::new()))
            .await;
        if self.subject.status.is_none() {
            return Ok(());
        }
        let until = Instant::now() + self.would_take().min(MOST);
        while Instant::now() < until {
            self.status(Purpose::Status, execution, &service_id).await;
            sleep(PAUSE).await;
        }
        Ok(())
    }

    /// After what time it would have completed if the abort did nothing.
    fn would_take(&self) -> Duration {
        let record = self.caller.record();
        let took = record.of(Purpose::Start).zip(record.completed(Execution::Watched));
        took.map_or(MOST, |(start, end)| end.received.duration_since(start.sent) + Duration::from_millis(500))
    }
}
