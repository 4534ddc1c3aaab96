//! One request and what came back, for those who want to see it.

use std::time::{Duration, Instant};

use super::console::{Console, Look};
use super::failure::Failure;
use crate::app::safe;
use crate::client::dynamic::ArgumentError;
use crate::client::{Answer, CallError, Http, Message, Transport};

impl From<ArgumentError> for Failure {
    fn from(error: ArgumentError) -> Self {
        Self::usage(error.to_string())
    }
}

/// A request and its answer.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) message: Message,
    pub(crate) answer: Result<Answer, CallError>,
    pub(crate) took: Duration,
}

impl Exchange {
    /// Sends `message` and waits for the answer.
    pub(crate) async fn of(transport: &Http, message: Message) -> Self {
        let start = Instant::now();
        let answer = transport.send(message.clone()).await;
        Self { message, answer, took: start.elapsed() }
    }

    /// Both as they were on the wire, with what HTTP says around them.
    pub(crate) fn say_raw(&self, address: &str, console: &Console) -> Result<(), Failure> {
        let title = |text: &str| console.paint(Look::Strong, &safe(text));
        let Message { version, action, body, .. } = &self.message;
        console.say(&title(&format!("POST {address}")))?;
        console.say(&format!("Content-Type: {}\nSOAPAction: \"{}\"", version.content_type(), safe(action)))?;
        console.say(&format!("\n{}", shown(body)))?;
        let took = self.took.as_millis();
        match &self.answer {
            Err(_) => console.say(&format!("\n{}", title(&format!("no answer, after {took} ms")))),
            Ok(answer) => {
                let status = format!("HTTP {}, {took} ms, {} bytes", answer.status, answer.body.len());
                console.say(&format!("\n{}", title(&status)))?;
                let media_type = answer.content_type.as_deref().unwrap_or("(none)");
                console.say(&format!("Content-Type: {}", safe(media_type)))?;
                console.say(&format!("\n{}", shown(&answer.body)))
            }
        }
    }
}

/// With nothing that a terminal would obey, and all else as it is.
pub(super) fn shown(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c }).collect()
}
