//! From an `impl` block and its attributes to the model; our attributes are taken off the block.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, ImplItem, ImplItemFn, ItemImpl, Type};

use super::block_keys::BlockKeys;
use super::method_keys::{self, Mark, MethodKeys};
use super::model::{Execution, Job, Kind, Operation, Service};
use super::signature::{self, Inputs};
use crate::docs;
use crate::errors::Errors;
use crate::naming::{Case, Name};

/// Nothing if the block cannot be a service at all.
pub(super) fn service(keys: TokenStream, block: &mut ItemImpl, errors: &mut Errors) -> Option<Service> {
    let keys = BlockKeys::parse(keys, errors);
    if !has_a_job(block) {
        keys.refuse_those_about_jobs(errors);
    }
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
        style: keys.style.unwrap_or_default(),
        form: keys.form.unwrap_or_default(),
        is_foreign: keys.foreign.is_some(),
        soap12: keys.soap12.is_some(),
        docs: docs::text(&block.attrs),
        operations: methods,
        on_failure: keys.on_failure.unwrap_or_default(),
        abort_output: keys.abort_output,
    })
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

/// Whether any method is marked as one, faulty or not.
fn has_a_job(block: &ItemImpl) -> bool {
    let is_job = |method: &ImplItemFn| method.attrs.iter().any(|mark| method_keys::kind(mark) == Some(Kind::Job));
    block.items.iter().any(|item| matches!(item, ImplItem::Fn(method) if is_job(method)))
}

/// The methods that are operations. One that is faulty is left out.
fn operations(block: &mut ItemImpl, case: Case, errors: &mut Errors) -> Vec<Operation> {
    let mut marked = 0;
    let mut operations = Vec::new();
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        let marks = method_keys::take_marks(&mut method.attrs);
        let Some(mark) = marks.first() else { continue };
        marked += 1;
        let attributes = signature::take_attributes(&mut method.sig);
        let made = errors.scope(|errors| {
            method_keys::refuse_second_mark(&marks, errors);
            operation(method, mark, &attributes, case, errors)
        });
        operations.extend(made);
    }
    if marked == 0 {
        errors.at(&block.self_ty, "the service has no operation; mark a method with `#[operation]` or `#[job]`");
    }
    operations
}

fn operation(
    method: &ImplItemFn,
    mark: &Mark,
    parameters: &[Vec<Attribute>],
    case: Case,
    errors: &mut Errors,
) -> Operation {
    let keys = MethodKeys::parse(mark, errors);
    refuse_cfg(&method.attrs, errors);
    signature::check(&method.sig, mark.kind, errors);
    let Inputs { handle, parameters } = signature::inputs(&method.sig, parameters, mark.kind, case, errors);
    Operation {
        ident: method.sig.ident.clone(),
        name: keys.name.unwrap_or_else(|| case.name(&method.sig.ident)),
        docs: docs::text(&method.attrs),
        execution: if method.sig.asyncness.is_some() { Execution::Async } else { Execution::Blocking },
        parameters,
        outputs: keys.outputs.unwrap_or_default(),
        headers: keys.headers.unwrap_or_default(),
        messages: keys.messages,
        returns: method.sig.output.clone(),
        job: handle.map(|handle| Job { handle, requeue: keys.requeue.is_some() }),
    }
}

/// The macro comes before `cfg` inside the block, so the description could name what is not there.
pub(super) fn refuse_cfg(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        let message = "`#[cfg]` has no effect on what the service publishes; put it on the whole `impl` block";
        errors.at(attribute, message);
    }
}
