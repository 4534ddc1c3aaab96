//! Questions about executions that nobody has started.

use crate::client::dynamic::Record as Values;

use super::record::{Execution, Purpose, Step};
use super::{Lab, new_id};

/// As long as no serviceID is.
const LONG: usize = 10_000;

impl Lab<'_> {
    /// The platform makes serviceIDs up itself, but anybody can send one.
    pub(super) async fn unknown_ids(&self) {
        let hostile = [
            ("`../` in a serviceID", format!("../../{}", new_id())),
            ("a serviceID of 10,000 characters", "x".repeat(LONG)),
            ("an empty serviceID", String::new()),
        ];
        self.status(Purpose::StatusOfUnknown, Execution::None, &new_id()).await;
        for (which, service_id) in hostile {
            self.status(Purpose::StatusOfHostile(which), Execution::None, &service_id).await;
        }
        if let Some(abort) = self.subject.abort {
            let values = self.filled_in(&new_id(), &Values::new());
            self.caller.ask(Purpose::AbortOfUnknown, Execution::None, self.call(abort), &values).await;
        }
        self.end_step(Step::UnknownIds, Ok(()));
    }
}
