//! The description for people.

use super::example::command_line;
use super::types::{Named, Types};
use super::{Subject, fault_docs};
use crate::app::safe;
use crate::cli::console::{Console, Look};
use crate::cli::execution::STATUS;
use crate::cli::options::ServiceOptions;
use crate::cli::platform::{FILLED_IN, Role};
use crate::cli::wrap::paragraphs;
use crate::client::dynamic::{Call, Field, Shape, Structure, in_words};
use crate::envelope::Version;
use crate::wsdl::model::{Attribute, Element, FaultMessage, Operation, TypeRef};

pub(super) fn described(subject: Subject<'_>, options: &ServiceOptions, console: &Console) -> String {
    let types = subject.types();
    let mut page = Page { subject, console, text: String::new() };
    if subject.only.is_none() {
        page.service(options);
    }
    for (at, operation) in subject.operations().iter().enumerate() {
        if at > 0 || subject.only.is_none() {
            page.text.push('\n');
        }
        page.operation(operation);
    }
    page.types(&types);
    page.text
}

struct Page<'d, 'c> {
    subject: Subject<'d>,
    console: &'c Console,
    text: String,
}

/// A name, what it is, and what is said of it.
struct Row {
    name: String,
    words: String,
    docs: String,
}

/// Names longer than that stand on lines of their own.
const NAME: usize = 24;

impl Page<'_, '_> {
    fn service(&mut self, options: &ServiceOptions) {
        let Subject { service, port, definitions, .. } = self.subject;
        self.title(0, &service.name.local, "");
        let docs = if service.docs.is_empty() { &definitions.docs } else { &service.docs };
        self.paragraph(2, docs);
        self.text.push('\n');
        self.row(2, 10, &Row::of("endpoint", options.address(port)));
        self.row(2, 10, &Row::of("protocol", version(port.version)));
        self.row(2, 10, &Row::of("namespace", &definitions.namespace));
        let others: Vec<String> = service
            .ports
            .iter()
            .filter(|other| other.name != port.name)
            .map(|other| format!("{} ({})", other.name, version(other.version)))
            .collect();
        if !others.is_empty() {
            self.row(2, 10, &Row::of("port", &format!("{}; there are also {}", port.name, others.join(", "))));
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let Subject { definitions, port, .. } = self.subject;
        let call = Call::new(definitions, port, operation);
        let inputs: Vec<_> = call.inputs().collect();
        let names = inputs.iter().map(|input| match input.min {
            0 => format!("[{}]", input.name.local),
            _ => input.name.local.clone(),
        });
        let outputs: Vec<_> = call.outputs().iter().map(|output| output.name.local.as_str()).collect();
        let arrow = match (&operation.output, outputs.is_empty()) {
            (None, _) => " (no answer)".to_owned(),
            (Some(_), true) => String::new(),
            (Some(_), false) => format!(" -> {}", outputs.join(", ")),
        };
        self.title(0, &operation.name, &format!("({}){arrow}", names.collect::<Vec<_>>().join(", ")));
        if let Some(reason) = &operation.unsupported {
            return self.paragraph(2, &format!("It cannot be called from here: it {reason}"));
        }
        match operation.output {
            Some(_) => self.faint(2, Role::of(&call).in_words()),
            None => self.faint(2, "a message that is not answered"),
        }
        self.paragraph(2, &operation.docs);
        self.rows("Inputs", inputs.into_iter().map(|input| self.input(operation, input)).collect());
        self.rows("Outputs", call.outputs().iter().map(|output| self.element(&Field::of(output))).collect());
        self.rows("Faults", operation.faults.iter().map(|fault| self.fault(fault)).collect());
        self.text.push_str("\n  Example\n");
        let line = command_line(self.subject, operation);
        self.text.push_str(&format!("    {}\n", safe(&line)));
    }

    fn input(&self, operation: &Operation, input: &Element) -> Row {
        let mut row = self.element(&Field::of(input));
        if FILLED_IN.contains(&input.name.local.as_str()) {
            row.words.push_str("; the platform fills it in");
        }
        if operation.input.headers.iter().any(|header| header.name == input.name) {
            row.words.push_str("; travels as a header");
        }
        row
    }

    /// What its detail is, and the element that it comes in, where that is called otherwise.
    fn fault(&self, fault: &FaultMessage) -> Row {
        let FaultMessage { name, detail, .. } = fault;
        let words = detail.as_ref().map(|Element { name: element, ty, .. }| {
            let words = in_words(self.subject.definitions, ty);
            if element.local == *name { words } else { format!("{words}, as the element {}", element.local) }
        });
        Row { name: name.clone(), words: words.unwrap_or_default(), docs: fault_docs(fault).to_owned() }
    }

    fn element(&self, field: &Field<'_>) -> Row {
        let element = field.element;
        let mut words = in_words(self.subject.definitions, &element.ty);
        if element.name.local == STATUS {
            "a page in base64, UNCHANGED, or COMPLETED".clone_into(&mut words);
        }
        if field.is_many {
            words = format!("list of: {words}{}", how_many(field));
        }
        match &element.default {
            Some(default) => words.push_str(&format!("; {default} if left out")),
            None if field.is_optional && !field.is_many => words.push_str("; may be left out"),
            None => {}
        }
        match element.nillable {
            true if field.is_many => words.push_str("; each may be null"),
            true if !field.is_optional => words.push_str("; may be null"),
            _ => {}
        }
        Row { name: element.name.local.clone(), words, docs: element.docs.clone() }
    }

    fn attribute(&self, attribute: &Attribute) -> Row {
        let mut words = in_words(self.subject.definitions, &attribute.ty);
        match &attribute.default {
            Some(default) => words.push_str(&format!("; {default} if left out")),
            None if !attribute.required => words.push_str("; may be left out"),
            None => {}
        }
        Row { name: format!("@{}", attribute.name.local), words, docs: attribute.docs.clone() }
    }

    fn types(&mut self, types: &Types<'_>) {
        for (at, named) in types.all.iter().enumerate() {
            self.text.push_str(if at == 0 { "\nStructures\n" } else { "\n" });
            self.named(named);
        }
    }

    fn named(&mut self, named: &Named<'_>) {
        let extends = named.extends.map_or_else(String::new, |base| format!(" (a kind of {})", base.local));
        self.title(2, &named.name.local, &extends);
        self.paragraph(4, &named.ty.docs);
        if !named.extended_by.is_empty() {
            let kinds: Vec<_> = named.extended_by.iter().map(|name| name.local.as_str()).collect();
            let or = if named.structure.is_abstract { "is one of" } else { "may be of another kind" };
            self.paragraph(4, &format!("It {or}, and says which with @type: {}", kinds.join(", ")));
        }
        self.structure(4, &named.structure);
    }

    fn structure(&mut self, indent: usize, structure: &Structure<'_>) {
        let mut rows: Vec<Row> = structure.attributes.iter().map(|attribute| self.attribute(attribute)).collect();
        if let Some(ty) = structure.text {
            rows.push(Row::of("#text", &in_words(self.subject.definitions, ty)));
        }
        let fields = structure.fields();
        let width = width(rows.iter().map(|row| row.name.as_str()).chain(names(&fields)));
        rows.iter().for_each(|row| self.row(indent, width, row));
        let mut choice = None;
        for field in &fields {
            if field.choice != choice && field.choice.is_some() {
                self.faint(indent, "one of:");
            }
            choice = field.choice;
            self.field(indent + if choice.is_some() { 2 } else { 0 }, width, field);
        }
        if structure.has_any() {
            self.row(indent, width, &Row::of("#xml", "any further XML"));
        } else if rows.is_empty() && fields.is_empty() {
            self.faint(indent, "nothing in it");
        }
    }

    /// A structure without a name is shown where it stands.
    fn field(&mut self, indent: usize, width: usize, field: &Field<'_>) {
        let row = self.element(field);
        self.row(indent, width, &row);
        if let TypeRef::Anonymous(_) = field.element.ty
            && let Shape::Structure(structure) = Shape::of(self.subject.definitions, &field.element.ty)
        {
            self.structure(indent + 2, &structure);
        }
    }

    fn rows(&mut self, title: &str, rows: Vec<Row>) {
        if rows.is_empty() {
            return;
        }
        self.text.push_str(&format!("\n  {title}\n"));
        let width = width(rows.iter().map(|row| row.name.as_str()));
        rows.iter().for_each(|row| self.row(4, width, row));
    }

    fn row(&mut self, indent: usize, width: usize, row: &Row) {
        let name = safe(&row.name);
        let pad = " ".repeat(width.saturating_sub(name.chars().count()));
        let start = indent + width + 2;
        let room = self.console.width().saturating_sub(start).max(20);
        let mut lines = paragraphs(&safe(&row.words), room).into_iter();
        let first = lines.next().unwrap_or_default();
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(&self.console.paint(Look::Strong, &name));
        match name.chars().count() > width {
            true => self.text.push_str(&format!("\n{}", " ".repeat(start))),
            false => self.text.push_str(&format!("{pad}  ")),
        }
        self.text.push_str(&first);
        self.end_line();
        lines.for_each(|line| self.line(start, &line));
        self.paragraph(start, &row.docs);
    }

    fn paragraph(&mut self, indent: usize, text: &str) {
        let room = self.console.width().saturating_sub(indent).max(20);
        let text: Vec<String> = text.lines().map(safe).collect();
        paragraphs(&text.join("\n"), room).iter().for_each(|line| self.line(indent, line));
    }

    fn title(&mut self, indent: usize, name: &str, rest: &str) {
        let name = self.console.paint(Look::Strong, &safe(name));
        let text = format!("{name}{}", safe(rest));
        let room = self.console.width().saturating_sub(indent).max(20);
        let lines = paragraphs(&text, room);
        lines.iter().enumerate().for_each(|(at, line)| self.line(if at == 0 { indent } else { indent + 4 }, line));
    }

    fn faint(&mut self, indent: usize, text: &str) {
        let room = self.console.width().saturating_sub(indent).max(20);
        for line in paragraphs(text, room) {
            let line = self.console.paint(Look::Faint, &line);
            self.line(indent, &line);
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(text);
        self.end_line();
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }
}

impl Row {
    fn of(name: &str, words: &str) -> Self {
        Self { name: name.to_owned(), words: words.to_owned(), docs: String::new() }
    }
}

/// How long a list is, if not just any number.
fn how_many(field: &Field<'_>) -> String {
    match (field.least, field.most) {
        (0, None) => String::new(),
        (least, None) => format!("; at least {least}"),
        (0, Some(most)) => format!("; at most {most}"),
        (least, Some(most)) if least == most => format!("; exactly {least}"),
        (least, Some(most)) => format!("; {least} to {most}"),
    }
}

fn names<'a>(fields: &'a [Field<'_>]) -> impl Iterator<Item = &'a str> {
    fields.iter().map(|field| field.element.name.local.as_str())
}

fn width<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|name| name.chars().count()).filter(|&length| length <= NAME).max().unwrap_or(NAME)
}

fn version(version: Version) -> &'static str {
    match version {
        Version::Soap11 => "SOAP 1.1",
        Version::Soap12 => "SOAP 1.2",
    }
}
