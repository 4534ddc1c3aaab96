//! What is said on standard error while a step runs.

use crate::app::safe;
use crate::cli::console::{Console, Look};
use crate::cli::execution::Watch;
use crate::cli::page::Page;

/// One step: a line when it begins, one whenever its page says something new, one when it has ended.
pub(super) struct Progress<'c> {
    console: &'c Console,
    title: String,
    /// What its page said last.
    said: String,
}

impl<'c> Progress<'c> {
    pub(super) fn new(console: &'c Console, title: String) -> Self {
        console.note(&title);
        Self { console, title, said: String::new() }
    }

    pub(super) fn done(&self) {
        self.say(&self.console.paint_note(Look::Good, "done"));
    }

    pub(super) fn failed(&self) {
        self.say(&self.console.paint_note(Look::Bad, "failed"));
    }

    fn say(&self, what: &str) {
        self.console.note(&format!("{}: {what}", self.title));
    }
}

impl Watch for Progress<'_> {
    fn page(&mut self, page: &Page) {
        let said = match page.percent() {
            Some(percent) => format!("{percent}%"),
            None => safe(&page.in_words()),
        };
        if said != self.said {
            self.say(&said);
            self.said = said;
        }
    }

    fn refused(&mut self, reason: &str) {
        self.say(&format!("{} {}", self.console.paint_note(Look::Doubtful, "refused:"), safe(reason)));
    }
}
