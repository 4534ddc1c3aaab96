//! From an `impl` block and its attributes to the model; our attributes are taken off the block.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, ImplItem, ImplItemFn, ItemImpl, LitStr, Meta, Type};

use super::model::{Execution, Naming, Operation, Service};
use super::signature;
use crate::attrs::{self, Slot};
use crate::errors::Errors;
use crate::naming::{Case, Name};
use crate::{docs, keys};

/// Nothing if the block cannot be a service at all.
pub(super) fn service(keys: TokenStream, block: &mut ItemImpl, errors: &mut Errors) -> Option<Service> {
    let keys = ServiceKeys::parse(keys, errors);
    // Whatever the block is, its methods lose our attributes: the compiler does not know them.
    let methods = operations(block, keys.rename_all.unwrap_or_default(), errors);
    let ident = errors.scope(|errors| {
        refuse_trait(block, errors);
        refuse_generics(block, errors);
        type_name(&block.self_ty, errors)
    })??;
    let text = |text: String| Name { text, span: Span::call_site() };
    let name = keys.name.unwrap_or_else(|| Name::from(&ident));
    Some(Service {
        self_type: (*block.self_ty).clone(),
        namespace: keys.namespace.unwrap_or_else(|| text(format!("urn:service:{}", Name::from(&ident).text))),
        path: keys.path.unwrap_or_else(|| text(format!("/{}", Name::from(&ident).text))),
        name,
        naming: keys.naming.unwrap_or_default(),
        docs: docs::text(&block.attrs),
        operations: methods,
    })
}

/// What stands in the parentheses of `#[soap_service(…)]`.
struct ServiceKeys {
    path: Option<Name>,
    namespace: Option<Name>,
    name: Option<Name>,
    naming: Option<Naming>,
    rename_all: Option<Case>,
}

impl ServiceKeys {
    fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let (mut path, mut namespace, mut name) = (Slot::default(), Slot::default(), Slot::default());
        let (mut naming, mut rename_all) = (Slot::default(), Slot::default());
        for meta in attrs::own_entries(tokens, errors) {
            match attrs::word(&meta).as_str() {
                keys::PATH => path.set(&meta, attrs::name(&meta, errors), errors),
                keys::NAMESPACE => namespace.set(&meta, attrs::name(&meta, errors), errors),
                keys::NAME | keys::RENAME => name.set(&meta, attrs::name(&meta, errors), errors),
                keys::NAMING => {
                    let preset = attrs::text(&meta, errors).and_then(|word| preset(&word, errors));
                    naming.set(&meta, preset, errors);
                }
                keys::RENAME_ALL => {
                    let case = attrs::text(&meta, errors).and_then(|word| Case::parse(&word, errors));
                    rename_all.set(&meta, case, errors);
                }
                _ => {
                    let known = [keys::PATH, keys::NAMESPACE, keys::NAME, keys::NAMING, keys::RENAME_ALL];
                    attrs::refuse_unknown(&meta, "`#[soap_service]`", &known, errors);
                }
            }
        }
        Self {
            path: path.take(),
            namespace: namespace.take(),
            name: name.take(),
            naming: naming.take(),
            rename_all: rename_all.take(),
        }
    }
}

fn preset(word: &LitStr, errors: &mut Errors) -> Option<Naming> {
    const PRESETS: [(&str, Naming); 3] =
        [("standard", Naming::Standard), ("flask-spyne", Naming::FlaskSpyne), ("spyne", Naming::Spyne)];
    let found = PRESETS.iter().find(|(known, _)| *known == word.value()).map(|&(_, naming)| naming);
    if found.is_none() {
        let known = keys::listed(PRESETS.map(|(word, _)| word));
        errors.at(word, format!("unknown naming `{}`; `naming` accepts {known}", word.value()));
    }
    found
}

fn refuse_trait(block: &ItemImpl, errors: &mut Errors) {
    if let Some((path, _)) = &block.trait_ {
        errors.at(path, "`#[soap_service]` goes on the type's own `impl` block, not on the `impl` of a trait");
    }
}

fn refuse_generics(block: &ItemImpl, errors: &mut Errors) {
    if !block.generics.params.is_empty() {
        let message = "a service has no generics, for its description names definite types; write the `impl` for one \
                       of them, or keep what differs in a `Box<dyn …>`";
        errors.at(&block.generics, message);
    }
}

/// The last segment of its path.
fn type_name(ty: &Type, errors: &mut Errors) -> Option<Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.clone()),
        Type::Group(group) => type_name(&group.elem, errors),
        ty => {
            errors.at(ty, "a service is a type with a name: a struct or an enum");
            None
        }
    }
}

/// The methods that are operations. One that is faulty is left out.
fn operations(block: &mut ItemImpl, case: Case, errors: &mut Errors) -> Vec<Operation> {
    let mut marked = 0;
    let mut operations = Vec::new();
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        let marks = attrs::take(&mut method.attrs, keys::OPERATION);
        let jobs = attrs::take(&mut method.attrs, keys::JOB);
        refuse_jobs(&jobs, errors);
        if marks.is_empty() && jobs.is_empty() {
            continue;
        }
        marked += 1;
        let attributes = signature::take_attributes(&mut method.sig);
        operations.extend(errors.scope(|errors| operation(method, &marks, &attributes, case, errors)).flatten());
    }
    if marked == 0 {
        errors.at(&block.self_ty, "the service has no operation; mark a method with `#[operation]`");
    }
    operations
}

fn refuse_jobs(jobs: &[Attribute], errors: &mut Errors) {
    for job in jobs {
        let message = "`#[job]` comes with durable jobs and is not there yet; mark the start method `#[operation]`";
        errors.at(job.path(), message);
    }
}

fn operation(
    method: &ImplItemFn,
    marks: &[Attribute],
    parameters: &[Vec<Attribute>],
    case: Case,
    errors: &mut Errors,
) -> Option<Operation> {
    let (name, outputs) = operation_keys(marks.first()?, errors);
    refuse_second_mark(marks, errors);
    refuse_cfg(&method.attrs, errors);
    signature::check(&method.sig, errors);
    Some(Operation {
        ident: method.sig.ident.clone(),
        name: name.unwrap_or_else(|| case.name(&method.sig.ident)),
        docs: docs::text(&method.attrs),
        execution: if method.sig.asyncness.is_some() { Execution::Async } else { Execution::Blocking },
        parameters: signature::parameters(&method.sig, parameters, case, errors),
        outputs: outputs.unwrap_or_default(),
        returns: method.sig.output.clone(),
    })
}

fn operation_keys(mark: &Attribute, errors: &mut Errors) -> (Option<Name>, Option<Vec<Name>>) {
    let (mut name, mut outputs) = (Slot::default(), Slot::default());
    let entries = match &mark.meta {
        Meta::Path(_) => Vec::new(),
        Meta::List(list) => attrs::listed(list, errors),
        Meta::NameValue(_) => {
            errors
                .at(mark, "`#[operation]` takes its keys in parentheses: `#[operation(name = \"…\", outputs(a, b))]`");
            Vec::new()
        }
    };
    for meta in entries {
        match attrs::word(&meta).as_str() {
            keys::NAME | keys::RENAME => name.set(&meta, attrs::name(&meta, errors), errors),
            keys::OUTPUTS => outputs.set(&meta, attrs::names(&meta, errors), errors),
            _ => attrs::refuse_unknown(&meta, "`#[operation]`", &[keys::NAME, keys::OUTPUTS], errors),
        }
    }
    (name.take(), outputs.take())
}

fn refuse_second_mark(marks: &[Attribute], errors: &mut Errors) {
    for mark in marks.iter().skip(1) {
        errors.at(mark.path(), "`#[operation]` is given twice; put all keys into one");
    }
}

/// The macro comes before `cfg` inside the block, so the description could name what is not there.
pub(super) fn refuse_cfg(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        let message = "`#[cfg]` has no effect on what the service publishes; put it on the whole `impl` block";
        errors.at(attribute, message);
    }
}
