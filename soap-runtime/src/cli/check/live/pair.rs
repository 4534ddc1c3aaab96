//! Two executions at the same time.

use std::time::Duration;

use tokio::time::sleep;

use crate::client::dynamic::Record as Values;

use super::Lab;
use super::record::{Execution, Purpose, Step};

const PAUSE: Duration = Duration::from_millis(50);

impl Lab<'_> {
    /// One with the inputs of the execution that was watched, one with others.
    pub(super) async fn pair(&self) {
        let others = self.inputs.others.as_ref().unwrap_or(&self.inputs.values);
        if let Some(mark) = &self.inputs.mark {
            self.caller.record().marks.push((Execution::Other, mark.clone()));
        }
        let watched = self.caller.record().ended(Step::Watch);
        if let Err(why) = watched {
            self.end_step(Step::Pair, Err(why));
            return;
        }
        let (same, other) = tokio::join!(
            self.to_its_end(Execution::Same, &self.inputs.values),
            self.to_its_end(Execution::Other, others)
        );
        self.end_step(Step::Pair, same.and(other));
    }

    async fn to_its_end(&self, execution: Execution, values: &Values) -> Result<(), String> {
        let service_id = self.new_execution(execution);
        let start = self.start(Purpose::Start, execution, &service_id, values).await;
        if start.reply.outputs().is_none() {
            return Err(format!("a second execution could not be started: the answer was {}", start.reply.words()));
        }
        for polls in 0_u64.. {
            let Some(status) = self.status(Purpose::Status, execution, &service_id).await else { return Ok(()) };
            // A fault right after the start is judged elsewhere.
            if status.is_completed() || (status.reply.outputs().is_none() && polls > 0) {
                break;
            }
            sleep(PAUSE).await;
        }
        Ok(())
    }
}
