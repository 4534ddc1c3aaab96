//! How far an execution is, on standard error: a bar on terminals, else a line when something changes.

use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::Notify;

use super::page_file::PageFile;
use crate::app::safe;
use crate::cli::console::{Console, Look};
use crate::cli::execution::{Kind, Watch};
use crate::cli::page::Page;
use crate::client::CallError;

pub(crate) struct Progress<'c> {
    console: &'c Console,
    operation: String,
    id: String,
    kind: Kind,
    page: PageFile,
    bar: ProgressBar,
    has_percent: bool,
    /// What the page said last.
    said: String,
    polls: u32,
    has_started: Arc<Notify>,
}

impl<'c> Progress<'c> {
    pub(crate) fn new(console: &'c Console, operation: &str, id: &str, kind: Kind, page: PageFile) -> Self {
        let operation = safe(operation);
        // It draws nothing where standard error is no terminal.
        let bar = ProgressBar::new_spinner().with_message(operation.clone());
        bar.set_style(style("{spinner} {wide_msg} {elapsed}"));
        bar.enable_steady_tick(Duration::from_millis(120));
        let said = String::new();
        let has_started = Arc::new(Notify::new());
        Self { console, operation, id: id.to_owned(), kind, page, bar, has_percent: false, said, polls: 0, has_started }
    }

    /// Told once the execution runs.
    pub(super) fn has_started(&self) -> &Arc<Notify> {
        &self.has_started
    }

    /// The same bar, for others who say something above it.
    pub(crate) fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Takes the bar away, and says how often was asked.
    pub(crate) fn end(self) -> u32 {
        self.bar.finish_and_clear();
        self.polls
    }

    fn note(&self, text: &str) {
        self.bar.suspend(|| self.console.note(text));
    }

    /// On a terminal the bar says it, else a line.
    fn show(&mut self, page: &Page) {
        let percent = page.percent();
        if let Some(percent) = percent {
            if !self.has_percent {
                self.has_percent = true;
                self.bar.set_length(100);
                self.bar.set_style(style("{msg} [{bar:40}] {pos:>3}% {elapsed}").progress_chars("=> "));
            }
            self.bar.set_position(percent.into());
        } else if let Some(title) = page.title() {
            self.bar.set_message(self.console.redacted(&format!("{}: {}", self.operation, safe(&title))));
        }
        let said = percent.map_or_else(|| safe(&page.in_words()), |percent| format!("{percent}%"));
        if said != self.said && self.bar.is_hidden() {
            self.console.note(&format!("{}: {said}", self.operation));
        }
        self.said = said;
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress<'_> {
    fn started(&mut self) {
        if self.kind != Kind::Synchronous {
            self.note(&format!("{}: started, serviceID {}", self.operation, safe(&self.id)));
        }
        self.has_started.notify_one();
    }

    fn polled(&mut self) {
        self.polls += 1;
    }

    fn page(&mut self, page: &Page) {
        if let Err(error) = self.page.write(&page.bytes) {
            self.note(&format!("the page cannot be written: {error}"));
        }
        self.show(page);
    }

    fn retrying(&mut self, error: &CallError, wait: Duration) {
        let again = self.console.paint_note(Look::Faint, &format!("again in {} s", wait.as_secs_f32()));
        self.note(&format!("{}; {again}", safe(&error.to_string())));
    }

    fn aborting(&mut self) {
        if self.kind != Kind::Synchronous {
            self.note("aborting; Ctrl-C once more leaves at once");
        }
    }

    fn refused(&mut self, reason: &str) {
        self.note(&format!("{} {}", self.console.paint_note(Look::Doubtful, "refused:"), safe(reason)));
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template is a constant, and right").tick_chars("|/-\\ ")
}
