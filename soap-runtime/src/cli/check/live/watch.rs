//! One execution from start to end, looked at closely.

use std::sync::Mutex;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::client::dynamic::Record as Values;

use super::super::subject::MESSAGE;
use super::Lab;
use super::record::{Exchange, Execution, Purpose, Step};

/// So many ask at the same time, for what is wrong for a moment only shows then.
const WATCHERS: usize = 4;
/// Around the end.
const CLOSE: Duration = Duration::from_millis(5);
/// Where the end is not near, or pages do not tell.
const FAR: Duration = Duration::from_millis(250);
const UNCLEAR: Duration = Duration::from_millis(50);
/// Short executions are looked at closely all the time.
const SHORT: Duration = Duration::from_secs(10);
/// Of so many percent a fall is seen, though it may have gone on a little by the next question.
const MOVED: u8 = 30;
/// After this time it is started again, though nothing may have happened yet.
const SOON: Duration = Duration::from_millis(300);
/// What is asked again once it has completed.
const AFTER_THE_END: usize = 5;

/// What the watchers know of the execution.
#[derive(Default)]
struct Seen {
    percent: Option<u8>,
    has_ended: bool,
    failure: Option<String>,
}

impl Lab<'_> {
    /// # Errors
    /// Why no other execution needs to be tried.
    pub(super) async fn watch(&self) -> Result<(), String> {
        let service_id = self.new_execution(Execution::Watched);
        let start = self.start(Purpose::Start, Execution::Watched, &service_id, &self.inputs.values).await;
        if let Some(why) = self.refused(&start) {
            self.has_ended(&service_id);
            self.end_step(Step::Start, Err(why.clone()));
            return Err(why);
        }
        self.end_step(Step::Start, Ok(()));
        let Some(first) = self.status(Purpose::FirstStatus, Execution::Watched, &service_id).await else {
            self.end_step(Step::Watch, Err("nobody polls an application".to_owned()));
            return Ok(());
        };
        let seen = Mutex::new(Seen::default());
        note(&seen, &start);
        // A fault there is one of the things that are looked for; the execution may be well all the same.
        if first.reply.outputs().is_some() {
            note(&seen, &first);
        }
        let began = Instant::now();
        // Others need time, too.
        let until = began + self.end.saturating_duration_since(began).mul_f32(0.6);
        let watchers = join_all((0..WATCHERS).map(|_| self.watcher(&service_id, &seen, began, until)));
        tokio::join!(watchers, self.meanwhile(&service_id, &seen, until));
        let Seen { has_ended, failure, .. } = seen.into_inner().unwrap_or_default();
        self.end_step(
            Step::Watch,
            match (failure, has_ended) {
                (Some(why), _) => Err(format!("the execution failed: {why}")),
                (None, true) => Ok(()),
                (None, false) => Err(format!(
                    "the execution had not completed after {:.0} s: give inputs with which it is short, or more time \
                 (--within)",
                    began.elapsed().as_secs_f32()
                )),
            },
        );
        Ok(())
    }

    /// Why there is no execution. A fault of the caller may be about invented values.
    fn refused(&self, start: &Exchange) -> Option<String> {
        if start.reply.outputs().is_some() {
            return None;
        }
        let operation = &self.operation.name;
        let values = self.inputs.invented.iter().map(|name| format!("{name}=VALUE")).collect::<Vec<_>>();
        let hint = match values.is_empty() {
            true => String::new(),
            false => format!("; a value was invented, give a good one: {}", values.join(" ")),
        };
        Some(format!("`{operation}` answered with {}{hint}", start.reply.words()))
    }

    async fn watcher(&self, service_id: &str, seen: &Mutex<Seen>, began: Instant, until: Instant) {
        let mut after_the_end = 0;
        while after_the_end <= AFTER_THE_END && Instant::now() < until {
            let has_ended = look(seen, |seen| seen.has_ended);
            after_the_end += usize::from(has_ended);
            if let Some(exchange) = self.status(Purpose::Status, Execution::Watched, service_id).await {
                note(seen, &exchange);
            }
            let percent = look(seen, |seen| seen.percent);
            if let Some(percent) = percent {
                self.say(&format!("running: {percent} %"));
            }
            sleep(pause(percent, began.elapsed())).await;
        }
    }

    /// What the platform may do to an execution that runs.
    async fn meanwhile(&self, service_id: &str, seen: &Mutex<Seen>, until: Instant) {
        let moves = |seen: &mut Seen| seen.has_ended || seen.percent.is_some_and(|percent| percent >= MOVED);
        let soon = (Instant::now() + SOON).min(until);
        while !look(seen, moves) && Instant::now() < soon {
            sleep(CLOSE).await;
        }
        let was_early = !look(seen, moves);
        let runs = || match look(seen, |seen| seen.has_ended) {
            true => Err("the execution ended too soon: give inputs with which it takes longer".to_owned()),
            false => Ok(()),
        };
        let again = runs();
        if again.is_ok() {
            self.start(Purpose::StartAgain, Execution::Watched, service_id, &self.inputs.values).await;
            // So that it is seen what comes of it.
            sleep(UNCLEAR).await;
        }
        self.end_step(Step::Again, again);
        let other = self.inputs.others.as_ref().ok_or_else(|| "the start method has no input that can vary".to_owned());
        let other = runs().and(other);
        if let Ok(others) = &other {
            self.start(Purpose::StartOther, Execution::Watched, service_id, others).await;
        }
        self.end_step(Step::OtherInputs, other.map(|_| ()));
        self.notify(service_id, runs()).await;
        // Only with progress it can be seen that it falls.
        while was_early && !look(seen, moves) && Instant::now() < until {
            sleep(CLOSE).await;
        }
        if was_early && look(seen, moves) && runs().is_ok() {
            self.start(Purpose::StartAgain, Execution::Watched, service_id, &self.inputs.values).await;
        }
    }

    async fn notify(&self, service_id: &str, runs: Result<(), String>) {
        if let Some(notify) = self.subject.notify {
            let notified = runs;
            if notified.is_ok() {
                let message = Values::from_iter([(MESSAGE.to_owned(), Value::from("a message from soap check"))]);
                let values = self.filled_in(service_id, &message);
                self.caller.ask(Purpose::Notify, Execution::Watched, self.call(notify), &values).await;
            }
            self.end_step(Step::Notify, notified);
        }
    }
}

fn look<T>(seen: &Mutex<Seen>, what: impl FnOnce(&mut Seen) -> T) -> T {
    what(&mut seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn note(seen: &Mutex<Seen>, exchange: &Exchange) {
    look(seen, |seen| {
        if exchange.is_completed() {
            seen.has_ended = true;
            // Another watcher may have come too late.
            seen.failure = None;
        } else if exchange.purpose != Purpose::Start && exchange.reply.outputs().is_none() && !seen.has_ended {
            seen.has_ended = true;
            seen.failure = Some(exchange.reply.words());
        }
        let Some(page) = exchange.page() else { return };
        seen.percent = page.percent().or(seen.percent);
    });
}

/// How long a watcher waits: the last tenth is not missed, even if progress does not come evenly.
fn pause(percent: Option<u8>, elapsed: Duration) -> Duration {
    let Some(percent) = percent else { return if elapsed < SHORT { CLOSE } else { UNCLEAR } };
    let left = match percent {
        0 => Duration::MAX,
        percent => elapsed.mul_f64((100.0 - f64::from(percent)) / f64::from(percent)),
    };
    if elapsed < SHORT || percent >= 90 || left < Duration::from_secs(3) { CLOSE } else { FAR }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_looked_at_closely() {
        let after = Duration::from_secs;
        for (percent, elapsed, expected) in [
            (None, after(1), CLOSE),
            (None, after(60), UNCLEAR),
            (Some(0), after(60), FAR),
            (Some(50), after(60), FAR),
            (Some(50), after(2), CLOSE),
            (Some(90), after(600), CLOSE),
            (Some(89), after(20), CLOSE),
        ] {
            assert_eq!(pause(percent, elapsed), expected, "{percent:?} after {elapsed:?}");
        }
    }
}
