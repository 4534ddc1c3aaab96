//! Logs go to standard error, as lines for people or as JSON.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use super::Failure;
use super::settings::LogFormat;
use crate::work::said;

/// The settings that have a process of ours log as this one does.
pub(super) fn environment(directives: &str, format: LogFormat) -> Vec<(&'static str, String)> {
    let format = match format {
        LogFormat::Text => "text",
        LogFormat::Json => "json",
    };
    vec![("LOG", directives.to_owned()), ("LOG_FORMAT", format.to_owned())]
}

/// Installs the subscriber, unless the program has one already.
pub(super) fn start(directives: &str, format: LogFormat) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(directives).map_err(|error| Failure(format!("LOG `{directives}`: {error}")))?;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_span_events(FmtSpan::NONE)
        // Of a line that cannot be written it would tell in the same place, and panic if that fails.
        .log_internal_errors(false);
    // It fails if the program has a subscriber of its own, which is then the one to use.
    match format {
        LogFormat::Text => drop(subscriber.try_init()),
        LogFormat::Json if subscriber.json().flatten_event(true).try_init().is_ok() => log_panics(),
        LogFormat::Json => {}
    }
    Ok(())
}

/// What std says of a panic is for people, and among objects no program could read it.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
        let location = panic.location().map(ToString::to_string);
        tracing::error!(location, backtrace, "panicked: {}", said(panic.payload()));
    }));
}
