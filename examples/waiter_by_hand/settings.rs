//! The waiter's own settings, beside those of every app: two environment variables.
//!
//! | variable | default | meaning |
//! | --- | --- | --- |
//! | `WAITER_LOG_FOLDER` | `$XDG_STATE_HOME/waiter`, else `~/.local/state/waiter` | where the executions' folders are |
//! | `WAITER_RETENTION` | `7d` | how long they stay after the execution has ended |

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo};

/// Where the executions' folders are.
pub(crate) fn log_folder() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = || set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")));
    // A user without a home is a service in a container, which has its temporary folder for itself.
    let default = || state().unwrap_or_else(env::temp_dir).join("waiter");
    set("WAITER_LOG_FOLDER").unwrap_or_else(default)
}

/// How long the folder of an execution stays after the execution has ended.
///
/// # Errors
/// A sentence for the operator.
pub(crate) fn retention() -> Result<Duration, String> {
    match env::var("WAITER_RETENTION") {
        Ok(text) if !text.is_empty() => parse_time(&text)
            .ok_or_else(|| format!("WAITER_RETENTION `{text}` is no time; write `7d`, `12h`, or `1d 30m`")),
        _ => Ok(Duration::from_secs(7 * 24 * 60 * 60)),
    }
}

fn parse_time(text: &str) -> Option<Duration> {
    let span: Span = text.parse().ok()?;
    let duration: SignedDuration = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(duration).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retention_has_units() {
        for (text, seconds) in [("7d", 604_800), ("1d 30m", 88_200), ("12h", 43_200), ("0s", 0)] {
            assert_eq!(parse_time(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for bad in ["", "7", "-1d", "soon", "1 month"] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
    }
}
