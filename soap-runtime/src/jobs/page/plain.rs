//! The status page without the feature `pages`.

use std::fmt::{self, Write};

use super::text::Text;
use super::{Phase, StatusPage};

impl StatusPage<'_> {
    /// A few lines of text. They are escaped, for what is shown in a frame is taken for HTML.
    pub(super) fn write_plain(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "{}: {}", self.service(), self.phase.title())?;
        match self.phase {
            Phase::Queued { place: 0 | 1 } => writeln!(out, "Next in the queue")?,
            Phase::Queued { place } => writeln!(out, "Place {place} in the queue")?,
            Phase::Failed { reason } => writeln!(out, "{}", Text(reason))?,
            _ => {}
        }
        if let Some(percent) = self.percent() {
            writeln!(out, "{percent}%")?;
        }
        if let Some(message) = self.message() {
            writeln!(out, "{message}")?;
        }
        if let Some(elapsed) = self.elapsed() {
            writeln!(out, "{} {}", self.phase.elapsed_title(), elapsed)?;
        }
        if let Some(left) = self.remaining().filter(|left| left.0.as_secs() > 0) {
            writeln!(out, "Expected end in {left}")?;
        }
        self.log_lines().try_for_each(|line| writeln!(out, "{line}"))
    }
}
