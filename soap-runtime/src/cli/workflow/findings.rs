//! What is wrong with a workflow, and where: all of it at once.

use crate::client::dynamic::nearest;
use crate::xml::Position;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) at: Position,
    pub(super) message: String,
}

/// All that is wrong with one file.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, at: Position, message: impl Into<String>) {
        self.0.push(Finding { at, message: message.into() });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// As lines `FILE:LINE:COLUMN: message`, in the order of the file.
    pub(super) fn lines(mut self, file: &str) -> Vec<String> {
        // What was found first at a place stays first: it explains the rest.
        self.0.sort_by_key(|finding| (finding.at.line, finding.at.column));
        let line = |Finding { at, message }: Finding| format!("{file}:{}:{}: {message}", at.line, at.column);
        self.0.into_iter().map(line).collect()
    }
}

/// `did you mean a? there are a, b and c`, for messages about a name that is not known.
pub(super) fn instead_of<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    let hint = nearest(name, names.iter().copied()).map_or(String::new(), |near| format!("did you mean `{near}`? "));
    hint + &there_are(names)
}

/// `there are a, b and c`, for messages about names that are not known.
pub(super) fn there_are<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [] => "there are none".to_owned(),
        [only] => format!("there is {only}"),
        [first @ .., last] => format!("there are {} and {last}", first.join(", ")),
    }
}
