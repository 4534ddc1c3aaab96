//! From the bytes of a workflow file to its [`Workflow`], and to all that is wrong with its form.

use super::condition::Condition;
use super::findings::{Findings, instead_of};
use super::model::{If, Input, Output, Parameter, Repeat, Service, Source, Step, Workflow, fragment};
use crate::xml::{Document, Element, Limits, Position, ReadError, cut, root_of};

/// The end of the URI of the platform's service that joins two branches.
const END_IF: &str = "#EndIf_Service";

/// What stands where steps can stand.
const STEPS: [&str; 4] = ["service", "if", "repeat-until", "sequence"];

/// What can be understood of `document`. What cannot is among `findings`, and left out.
pub(super) fn parse(document: Vec<u8>, findings: &mut Findings) -> Workflow {
    let mut parser = Parser { findings, workflow: Workflow::default(), services: 0 };
    let read = || {
        let mut document = Document::new(document.into(), None)?;
        let mut reader = document.reader(Limits::default())?;
        parser.workflow(root_of(&mut reader)?)
    };
    // Behind that, nothing can be read any more.
    let read: Result<(), ReadError> = read();
    let Parser { findings, workflow, .. } = parser;
    if let Err(error) = read {
        findings.add(error.position(), error.message());
    }
    workflow
}

struct Parser<'f> {
    findings: &'f mut Findings,
    workflow: Workflow,
    services: usize,
}

impl Parser<'_> {
    fn workflow(&mut self, mut root: Element<'_, '_>) -> Result<(), ReadError> {
        if root.local_name() != "workflow" {
            let message = format!("the root is `<{}>`, and has to be `<workflow>`", cut(root.local_name()));
            self.findings.add(root.position(), message);
            return Ok(());
        }
        self.attributes(&root, &["URI"]);
        let at = root.position();
        let mut has_services = false;
        while let Some(child) = root.next_child()? {
            match child.local_name() {
                "input" => {
                    let parameter = self.parameter(child)?;
                    self.workflow.inputs.extend(parameter);
                }
                "output" => {
                    let output = self.input(child)?;
                    self.workflow.outputs.extend(output);
                }
                "services" => {
                    has_services = true;
                    self.attributes(&child, &[]);
                    let mut steps = std::mem::take(&mut self.workflow.steps);
                    self.steps(child, &mut steps)?;
                    self.workflow.steps = steps;
                }
                _ => self.unknown(child, "workflow", &["input", "output", "services"])?,
            }
        }
        if !has_services {
            self.findings.add(at, "the workflow has no `<services>`, and so nothing to do");
        }
        Ok(())
    }

    fn steps(&mut self, mut parent: Element<'_, '_>, steps: &mut Vec<Step>) -> Result<(), ReadError> {
        let name = parent.local_name();
        while let Some(child) = parent.next_child()? {
            if let Some(child) = self.step(child, steps)? {
                self.unknown(child, name, &STEPS)?;
            }
        }
        Ok(())
    }

    /// Gives the element back if it is no step.
    fn step<'r, 'a>(
        &mut self,
        element: Element<'r, 'a>,
        steps: &mut Vec<Step>,
    ) -> Result<Option<Element<'r, 'a>>, ReadError> {
        match element.local_name() {
            "service" => {
                let service = self.service(element)?;
                steps.push(if service.uri.ends_with(END_IF) { Step::EndIf(service) } else { Step::Service(service) });
            }
            "if" => steps.push(Step::If(self.branches(element)?)),
            "repeat-until" => steps.push(Step::Repeat(self.repeat(element)?)),
            "sequence" => {
                self.attributes(&element, &[]);
                self.steps(element, steps)?;
            }
            _ => return Ok(Some(element)),
        }
        Ok(None)
    }

    fn service(&mut self, mut element: Element<'_, '_>) -> Result<Service, ReadError> {
        self.attributes(&element, &["URI", "wsdl", "operation"]);
        let at = element.position();
        let said = |name: &str| element.attribute("", name).map(|value| value.trim().to_owned());
        let uri = said("URI").unwrap_or_default();
        if uri.is_empty() {
            self.findings.add(at, "the service has no `URI`");
        }
        if !uri.ends_with(END_IF) {
            self.services += 1;
        }
        let filled = |name: &str| said(name).filter(|value| !value.is_empty());
        let (wsdl, operation) = (filled("wsdl"), filled("operation"));
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        while let Some(child) = element.next_child()? {
            match child.local_name() {
                "input" => inputs.extend(self.input(child)?),
                "output" => outputs.extend(self.output(child)?),
                _ => self.unknown(child, "service", &["input", "output"])?,
            }
        }
        Ok(Service { number: self.services, uri, wsdl, operation, inputs, outputs, at })
    }

    fn parameter(&mut self, element: Element<'_, '_>) -> Result<Option<Parameter>, ReadError> {
        self.attributes(&element, &["URI", "ID", "value"]);
        let at = element.position();
        let id = element.attribute("", "ID").unwrap_or_default().trim().to_owned();
        let default = element.attribute("", "value").map(str::to_owned);
        if id.is_empty() {
            self.findings.add(at, "the input has no `ID`, by which services could take it");
        }
        let name = self.name(&element);
        self.childless(element)?;
        Ok(name.map(|name| Parameter { name, id, default, at }))
    }

    fn input(&mut self, element: Element<'_, '_>) -> Result<Option<Input>, ReadError> {
        let what = element.local_name();
        self.attributes(&element, &["URI", "ID", "value"]);
        let at = element.position();
        let id = element.attribute("", "ID").map(str::trim).filter(|id| !id.is_empty());
        let source = match (id, element.attribute("", "value")) {
            (Some(id), None) => Source::Id(id.to_owned()),
            (None, Some(value)) => Source::Constant(value.to_owned()),
            (None, None) => Source::Nothing,
            (Some(id), Some(_)) => {
                let both = "has both an `ID` and a `value`; leave one of them out";
                self.findings.add(at, format!("the {what} {both}"));
                Source::Id(id.to_owned())
            }
        };
        let name = self.name(&element);
        self.childless(element)?;
        Ok(name.map(|name| Input { name, source, at }))
    }

    fn output(&mut self, element: Element<'_, '_>) -> Result<Option<Output>, ReadError> {
        self.attributes(&element, &["URI", "ID"]);
        let at = element.position();
        let id = element.attribute("", "ID").map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        let name = self.name(&element);
        self.childless(element)?;
        Ok(name.map(|name| Output { name, id, at }))
    }

    /// What its URI names.
    fn name(&mut self, element: &Element<'_, '_>) -> Option<String> {
        let uri = element.attribute("", "URI").unwrap_or_default();
        let name = fragment(uri).map(str::to_owned);
        if name.is_none() {
            let message = match uri {
                "" => format!("the {} has no `URI`; its end says the name, as in `#result`", element.local_name()),
                uri => format!("the URI `{}` does not end with `#` and a name, as in `#result`", cut(uri)),
            };
            self.findings.add(element.position(), message);
        }
        name
    }

    fn branches(&mut self, mut element: Element<'_, '_>) -> Result<If, ReadError> {
        self.attributes(&element, &[]);
        let at = element.position();
        let (mut condition, mut then, mut otherwise) = (Vec::new(), Vec::new(), Vec::new());
        let mut has_then = false;
        while let Some(child) = element.next_child()? {
            match child.local_name() {
                "condition" => condition.push(self.condition(child)?),
                "then" => {
                    has_then = true;
                    self.steps(child, &mut then)?;
                }
                "else" => self.steps(child, &mut otherwise)?,
                _ => self.unknown(child, "if", &["condition", "then", "else"])?,
            }
        }
        if !has_then {
            self.findings.add(at, "the `<if>` has no `<then>`");
        }
        let condition = self.only("if", condition, at);
        Ok(If { condition, then, otherwise })
    }

    fn repeat(&mut self, mut element: Element<'_, '_>) -> Result<Repeat, ReadError> {
        self.attributes(&element, &[]);
        let at = element.position();
        let (mut condition, mut steps) = (Vec::new(), Vec::new());
        while let Some(child) = element.next_child()? {
            if child.local_name() == "condition" {
                condition.push(self.condition(child)?);
            } else if let Some(child) = self.step(child, &mut steps)? {
                self.unknown(child, "repeat-until", &["sequence", "condition"])?;
            }
        }
        if steps.is_empty() {
            self.findings.add(at, "the `<repeat-until>` has nothing to repeat");
        }
        let condition = self.only("repeat-until", condition, at);
        Ok(Repeat { steps, condition })
    }

    fn condition(&mut self, element: Element<'_, '_>) -> Result<Option<Condition>, ReadError> {
        self.attributes(&element, &[]);
        let at = element.position();
        let condition = Condition::parse(&element.text()?, at);
        Ok(condition.map_err(|message| self.findings.add(at, message)).ok())
    }

    fn only(&mut self, what: &str, conditions: Vec<Option<Condition>>, at: Position) -> Option<Condition> {
        match conditions.len() {
            1 => {}
            0 => self.findings.add(at, format!("the `<{what}>` has no `<condition>`")),
            count => self.findings.add(at, format!("the `<{what}>` has {count} conditions; there can be one")),
        }
        conditions.into_iter().next().flatten()
    }

    fn childless(&mut self, mut element: Element<'_, '_>) -> Result<(), ReadError> {
        let name = element.local_name();
        while let Some(child) = element.next_child()? {
            self.unknown(child, name, &[])?;
        }
        Ok(())
    }

    fn unknown(&mut self, element: Element<'_, '_>, parent: &str, known: &[&str]) -> Result<(), ReadError> {
        let name = element.local_name();
        let instead = instead_of(name, known.iter().copied());
        let message = format!("`<{}>` is not known in `<{parent}>`; {instead}", cut(name));
        self.findings.add(element.position(), message);
        element.skip()
    }

    /// Attributes in a namespace are somebody else's.
    fn attributes(&mut self, element: &Element<'_, '_>, known: &[&str]) {
        let unknown = element.attributes().filter(|(prefix, name, _)| prefix.is_empty() && !known.contains(name));
        for (_, name, _) in unknown {
            let instead = instead_of(name, known.iter().copied());
            let of = element.local_name();
            let message = format!("the attribute `{}` of `<{of}>` is not known; {instead}", cut(name));
            self.findings.add(element.position(), message);
        }
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
