//! The status page that the portal shows of a job whose method makes none itself.
//!
//! It is shown in a frame, and replaced with the next poll that has a new one. What it says stands
//! in it as text; a script only lets the times go on meanwhile, and works the abort button. Its
//! template is `templates/status.html`.

#[cfg(not(feature = "pages"))]
mod plain;
#[cfg(test)]
mod tests;
mod text;
mod time;

use std::time::Duration;

use text::Text;
pub(crate) use text::skip_control_sequence;
pub(crate) use time::Words;

/// What a status page tells.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "pages", derive(askama::Template), template(path = "status.html"))]
pub(crate) struct StatusPage<'a> {
    /// The name of the service.
    pub(crate) service: &'a str,
    pub(crate) phase: Phase<'a>,
    /// From 0 to 1; nothing if the method has not said.
    pub(crate) fraction: Option<f64>,
    /// What the method says that it does.
    pub(crate) message: Option<&'a str>,
    /// Since the job was queued, or since its attempt began; how long it took, if it has ended and
    /// that is known.
    pub(crate) elapsed: Option<Duration>,
    /// How long it will still take, if that can be told. Only a running job shows it.
    pub(crate) remaining: Option<Duration>,
    /// The last lines of its log, oldest first.
    pub(crate) log: &'a [String],
}

/// Where the job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase<'a> {
    /// It waits; the first in the queue has place 1.
    Queued { place: usize },
    /// It runs.
    Running,
    /// It was told to end, and has not yet.
    Aborting,
    /// It has failed, and this is why.
    Failed { reason: &'a str },
    /// It was aborted.
    Aborted,
}

/// What the abort button sends: the platform hands it to `notifyService`.
pub(crate) const ABORT_MESSAGE: &str = "__abort__";

impl Phase<'_> {
    fn title(self) -> &'static str {
        match self {
            Self::Queued { .. } => "Queued",
            Self::Running => "Running",
            Self::Aborting => "Aborting",
            Self::Failed { .. } => "Failed",
            Self::Aborted => "Aborted",
        }
    }

    /// What the elapsed time is.
    fn elapsed_title(self) -> &'static str {
        match self {
            Self::Queued { .. } => "Waiting for",
            Self::Running | Self::Aborting => "Running for",
            Self::Failed { .. } | Self::Aborted => "Ended after",
        }
    }
}

impl<'a> StatusPage<'a> {
    /// As HTML, or as text without the feature `pages`.
    #[cfg(feature = "pages")]
    pub(crate) fn render(&self) -> String {
        askama::Template::render(self).expect("a string takes all that is written to it")
    }

    /// As HTML, or as text without the feature `pages`.
    #[cfg(not(feature = "pages"))]
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        self.write_plain(&mut text).expect("a string takes all that is written to it");
        text
    }

    fn service(&self) -> Text<'a> {
        Text(self.service)
    }

    fn message(&self) -> Option<Text<'a>> {
        self.message.filter(|message| !message.trim().is_empty()).map(Text)
    }

    /// How much is done, as a whole number. It is rounded down, for 100 says that all is done, but
    /// not by the error of a division: 29 of 100 are 29 percent.
    fn percent(&self) -> Option<u8> {
        let fraction = self.fraction.filter(|fraction| !fraction.is_nan())?;
        let percent = (fraction.clamp(0.0, 1.0) * 100.0 + 1e-9) as u8;
        Some(if fraction < 1.0 { percent.min(99) } else { 100 })
    }

    fn elapsed(&self) -> Option<Words> {
        self.elapsed.map(Words)
    }

    fn remaining(&self) -> Option<Words> {
        self.remaining.filter(|_| self.phase == Phase::Running).map(Words)
    }

    /// Programs overwrite a line to show how far they are: what counts is what they wrote last.
    fn log_lines(&self) -> impl Iterator<Item = Text<'a>> {
        self.log.iter().map(|line| Text(line.trim_end().rsplit('\r').next().unwrap_or(line)))
    }
}

/// What only the template asks.
#[cfg(feature = "pages")]
impl StatusPage<'_> {
    /// Whether something goes on, though nobody knows how far it is.
    fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Running | Phase::Aborting) && self.percent().is_none()
    }

    fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Failed { .. } | Phase::Aborted)
    }

    fn can_be_aborted(&self) -> bool {
        matches!(self.phase, Phase::Queued { .. } | Phase::Running)
    }
}
