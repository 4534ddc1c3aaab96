//! Doing what a plan says, one step after the other.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::plan::{Call, From, Plan, Step, Test};
use crate::cli::console::{Console, Look};
use crate::cli::execution::{Execution, Kind, RETRY, new_id};
use crate::cli::failure::Failure;
use crate::cli::manager::Manager;
use crate::cli::options::Secrets;
use crate::cli::run::{PageFile, Progress};
use crate::client::HttpOptions;
use crate::client::dynamic::Record;

/// How a workflow is run.
pub(super) struct Run<'a> {
    pub(super) console: &'a Console,
    pub(super) secrets: Secrets,
    pub(super) manager: Option<Manager>,
    pub(super) http: HttpOptions,
    pub(super) every: Duration,
    /// How often one loop may go round.
    pub(super) max_rounds: usize,
}

/// What has become of it so far.
struct State<'a> {
    run: &'a Run<'a>,
    /// How many services there are in the workflow.
    services: usize,
    values: HashMap<String, Value>,
    /// Which branch of each `<if>` ran last: whether its condition was fulfilled.
    branches: HashMap<usize, bool>,
    /// Of the loops around the step, the innermost last.
    rounds: Vec<usize>,
    /// The user wants it to end.
    ended: Arc<AtomicBool>,
}

/// Becomes true with Ctrl-C. The service that runs then sees that itself; this is for the moment between two.
fn ended() -> Arc<AtomicBool> {
    let ended = Arc::new(AtomicBool::new(false));
    let said = Arc::clone(&ended);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            said.store(true, Ordering::Relaxed);
        }
    });
    ended
}

impl Run<'_> {
    /// Runs `plan` with these values of its inputs, by ID, to its outputs.
    ///
    /// # Errors
    /// What a step failed with.
    pub(super) async fn all(&self, plan: &Plan, inputs: HashMap<String, Value>) -> Result<Record, Failure> {
        let services = plan.calls().len();
        let (branches, rounds, ended) = (HashMap::new(), Vec::new(), ended());
        let mut state = State { run: self, services, values: inputs, branches, rounds, ended };
        state.steps(&plan.steps).await?;
        let outputs = plan.outputs.iter();
        Ok(outputs.filter_map(|(name, from)| Some((name.clone(), state.value(from)?))).collect())
    }
}

impl State<'_> {
    /// Boxed, for steps hold steps.
    fn steps<'s>(&'s mut self, steps: &'s [Step]) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + 's>> {
        Box::pin(async move {
            for step in steps {
                self.step(step).await?;
            }
            Ok(())
        })
    }

    async fn step(&mut self, step: &Step) -> Result<(), Failure> {
        match step {
            Step::Call(call) => self.call(call).await,
            Step::If(branches) => {
                let is_fulfilled = self.holds(&branches.test)?;
                self.branches.insert(branches.number, is_fulfilled);
                self.steps(if is_fulfilled { &branches.then } else { &branches.otherwise }).await
            }
            Step::Join { branches, then, otherwise, id } => {
                let was_fulfilled = self.branches.get(branches).copied().unwrap_or_default();
                let value = self.value(if was_fulfilled { then } else { otherwise });
                self.set(id, value);
                Ok(())
            }
            Step::Repeat { steps, test } => self.repeat(steps, test).await,
        }
    }

    /// At least once, and again as long as the condition is fulfilled: so the platform does it, whatever the
    /// name says.
    async fn repeat(&mut self, steps: &[Step], test: &Test) -> Result<(), Failure> {
        let most = self.run.max_rounds;
        for round in 1.. {
            if round > most {
                let at = test.condition.at;
                let sentence = format!(
                    "the loop whose condition is in line {} has gone round {most} times, and `{}` is still fulfilled; \
                     --max-rounds allows more",
                    at.line, test.condition
                );
                return Err(Failure::no(sentence));
            }
            self.rounds.push(round);
            self.steps(steps).await?;
            self.rounds.pop();
            if !self.holds(test)? {
                break;
            }
        }
        Ok(())
    }

    fn holds(&self, test: &Test) -> Result<bool, Failure> {
        let text = match self.values.get(&test.id) {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => String::new(),
        };
        let at = test.condition.at;
        let failed = |reason| Failure::no(format!("the condition in line {}, column {}: {reason}", at.line, at.column));
        test.condition.holds(&text).map_err(failed)
    }

    async fn call(&mut self, call: &Call) -> Result<(), Failure> {
        let bound = &call.service;
        let arguments = call.inputs.iter().filter_map(|(name, from)| Some((name.clone(), self.value(from)?)));
        let arguments: Record = arguments.collect();
        let name = bound.operation();
        let title = self.title(call.number, name);
        let about = format!("step {} (`{name}`, line {})", call.number, call.at.line);
        if self.ended.load(Ordering::Relaxed) {
            return Err(Failure::aborted(format!("{about} was not begun")));
        }
        let transport = bound.transport(&self.run.http).map_err(|failure| failure.about(&about))?;
        let id = new_id();
        let execution = Execution {
            call: bound.call(),
            transport: &transport,
            id: &id,
            secrets: &self.run.secrets,
            every: self.run.every,
            retry: RETRY,
            manager: self.run.manager.as_ref().filter(|_| bound.kind() == Kind::Application),
        };
        let mut progress = Progress::new(self.run.console, &title, &id, bound.kind(), PageFile::new(None, false, &id));
        let ended = execution.run(arguments, &mut progress).await;
        progress.end();
        let (look, word) = if ended.is_ok() { (Look::Good, "done") } else { (Look::Bad, "failed") };
        self.run.console.note(&format!("{title}: {}", self.run.console.paint_note(look, word)));
        let outputs = ended.map_err(|failure| failure.about(&about))?;
        for (output, id) in &call.outputs {
            self.set(id, outputs.get(output).cloned());
        }
        Ok(())
    }

    /// `step 2 of 3, round 4: startWaiter`.
    fn title(&self, number: usize, name: &str) -> String {
        let rounds = self.rounds.iter().map(|round| format!(", round {round}"));
        format!("step {number} of {}{}: {name}", self.services, rounds.collect::<String>())
    }

    fn value(&self, from: &From) -> Option<Value> {
        match from {
            From::Id(id) => self.values.get(id).cloned(),
            From::Constant(value) => Some(Value::from(value.as_str())),
        }
    }

    /// What a service leaves out has no value, also if it had one in the round before.
    fn set(&mut self, id: &str, value: Option<Value>) {
        match value {
            Some(value) => drop(self.values.insert(id.to_owned(), value)),
            None => drop(self.values.remove(id)),
        }
    }
}
