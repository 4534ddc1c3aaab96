//! What can be meant by a name in a workflow.

use std::collections::BTreeMap;

use crate::cli::workflow::findings::{instead_of, there_are};
use crate::cli::workflow::model::{Step, Workflow};
use crate::cli::workflow::scope::Scope;
use crate::xml::{Position, cut};

/// All IDs of a workflow, and the names of inputs and outputs that were met so far.
pub(super) struct Names {
    /// Where each gets its value first, wherever that is.
    made: BTreeMap<String, Position>,
    /// Names of inputs and outputs, with the ID that each stands for.
    met: Vec<(String, String)>,
}

impl Names {
    pub(super) fn of(workflow: &Workflow) -> Self {
        let mut made = BTreeMap::new();
        collect(&workflow.steps, &mut made);
        Self { made, met: Vec::new() }
    }

    /// The end of a URI, `name`, stands for `id` from now on.
    pub(super) fn add(&mut self, name: &str, id: &str) {
        self.met.push((name.to_owned(), id.to_owned()));
    }

    /// The ID that the variable of a condition means: it is one, or the name of an input or output.
    ///
    /// # Errors
    /// That there is none here, or several.
    pub(super) fn resolve(&self, variable: &str, scope: &Scope) -> Result<String, String> {
        if scope.get(variable).is_some() {
            return Ok(variable.to_owned());
        }
        let of_that_name = self.met.iter().filter(|(name, id)| name == variable && scope.get(id).is_some());
        let mut ids: Vec<&str> = of_that_name.map(|(_, id)| id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        match &ids[..] {
            [only] => Ok((*only).to_owned()),
            [] => Err(self.missing(variable, scope).unwrap_or_default()),
            [..] => Err(format!("`{}` may be several values; say its ID: {}", cut(variable), there_are(ids))),
        }
    }

    /// Why `id` has no value here, if it has none.
    pub(super) fn missing(&self, id: &str, scope: &Scope) -> Option<String> {
        if scope.get(id).is_some() {
            return None;
        }
        let id = &cut(id);
        if let Some(Position { line, column }) = scope.half(id) {
            return Some(format!(
                "`{id}` gets its value in one branch of an `<if>` only (line {line}, column {column}); let both \
                 branches make it, or join them with EndIf"
            ));
        }
        Some(match self.made.get(&**id) {
            Some(Position { line, column }) => {
                format!("`{id}` is used before it has a value (line {line}, column {column})")
            }
            None => {
                format!("no input and no output has the ID `{id}`; {}", instead_of(id, scope.ids()))
            }
        })
    }
}

fn collect(steps: &[Step], made: &mut BTreeMap<String, Position>) {
    for step in steps {
        match step {
            Step::Service(service) | Step::EndIf(service) => {
                for output in &service.outputs {
                    if let Some(id) = &output.id {
                        made.entry(id.clone()).or_insert(output.at);
                    }
                }
            }
            Step::If(branches) => {
                collect(&branches.then, made);
                collect(&branches.otherwise, made);
            }
            Step::Repeat(repeat) => collect(&repeat.steps, made),
        }
    }
}
