//! Messages to a running execution, beside waiting for its end.

use std::io::BufRead;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc;

use super::progress::Progress;
use crate::app::safe;
use crate::cli::console::Console;
use crate::cli::execution::{Execution, Kind, NOTIFY};
use crate::cli::failure::Failure;
use crate::client::dynamic::{Call, Record};

/// What is to be sent to `notifyService`.
pub(super) struct Messages {
    given: Vec<String>,
    typed: Option<mpsc::UnboundedReceiver<String>>,
}

impl Messages {
    /// Those on the command line, and lines of standard input.
    ///
    /// # Errors
    /// If the service takes none.
    pub(super) fn new(call: &Call<'_>, kind: Kind, given: &[String], is_interactive: bool) -> Result<Self, Failure> {
        let wanted = !given.is_empty() || is_interactive;
        if wanted && kind == Kind::Synchronous {
            let sentence =
                format!("`{}` has no execution that could take messages: it answers at once", call.operation.name);
            return Err(Failure::usage(sentence));
        }
        if wanted && Call::of(call.definitions, call.port, NOTIFY).is_none() {
            return Err(Failure::usage(format!(
                "the port `{}` has no operation `{NOTIFY}` for messages",
                call.port.name
            )));
        }
        Ok(Self { given: given.to_vec(), typed: is_interactive.then(typed) })
    }

    /// Runs the execution to its end, and sends what there is to be sent meanwhile.
    pub(super) async fn beside(
        self,
        execution: &Execution<'_>,
        arguments: Record,
        progress: &mut Progress<'_>,
        console: &Console,
    ) -> Result<Record, Failure> {
        let has_started = Arc::clone(progress.has_started());
        let bar = progress.bar();
        let sending = async {
            has_started.notified().await;
            let say = |text: &str| bar.suspend(|| console.note(text));
            for message in self.given {
                say(&send(execution, message).await);
            }
            if let Some(mut typed) = self.typed {
                while let Some(message) = typed.recv().await {
                    say(&send(execution, message).await);
                }
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            ended = execution.run(arguments, progress) => ended,
            () = sending => Err(Failure::no("messages cannot end an execution")),
        }
    }
}

async fn send(execution: &Execution<'_>, message: String) -> String {
    let shown = safe(&message);
    let arguments: Record = [("message".to_owned(), Value::from(message))].into_iter().collect();
    match execution.ask_with(NOTIFY, arguments).await {
        Ok(answer) => {
            let response = answer.and_then(|answer| answer.into_iter().next());
            let response = response.map_or_else(
                || "no response".to_owned(),
                |(_, said)| match said {
                    Value::String(text) => safe(&text),
                    other => safe(&other.to_string()),
                },
            );
            format!("message \"{shown}\": {response}")
        }
        Err(error) => format!("message \"{shown}\" was not taken: {}", safe(&error.to_string())),
    }
}

/// The lines of standard input. Its thread waits for them for as long as the program runs.
fn typed() -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if !line.trim().is_empty() && sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
