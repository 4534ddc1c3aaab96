//! From a block or a trait and its attributes to the model; our attributes are taken off.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Generics, Ident, ImplItem, ItemImpl, ItemTrait, Signature, TraitItem, Type};

use super::block_keys::BlockKeys;
use super::interface;
use super::method_keys::{self, Mark, MethodKeys};
use super::model::{Client, Execution, Job, Kind, Of, Operation, Service};
use super::signature::{self, Inputs};
use crate::docs;
use crate::errors::Errors;
use crate::naming::{Case, Name};

/// A method that may be an operation, of a block or of a trait.
struct Method<'a> {
    attrs: &'a mut Vec<Attribute>,
    sig: &'a mut Signature,
    body: Body,
}

/// Where a method gets its body from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// It is one of a type's own block.
    Own,
    /// From the trait, where an implementation has no other.
    Default,
    /// From the implementations of the trait.
    OfImplementations,
}

/// A type's own block. Nothing if it cannot be a service at all.
pub(super) fn block(keys: TokenStream, block: &mut ItemImpl, errors: &mut Errors) -> Option<Service> {
    let keys = BlockKeys::parse(keys, errors);
    let methods = block.items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(Method { attrs: &mut method.attrs, sig: &mut method.sig, body: Body::Own }),
        _ => None,
    });
    // Whatever the block is, its methods lose our attributes: the compiler does not know them.
    let operations = operations(methods.collect(), &block.self_ty, &keys, errors);
    let ident = errors.scope(|errors| {
        refuse_generics(&block.generics, errors);
        type_name(&block.self_ty, errors)
    })??;
    // Who may see the type is not said here.
    let client = keys.client.as_ref().map(|_| client(quote!(pub), &ident));
    let of = Of::Type(block.self_ty.clone());
    Some(Service { client, ..service(keys, &ident, of, docs::text(&block.attrs), operations) })
}

/// A trait that services implement. Nothing if it cannot be one at all.
pub(super) fn interface(keys: TokenStream, interface: &mut ItemTrait, errors: &mut Errors) -> Option<Service> {
    let keys = BlockKeys::parse(keys, errors);
    let methods = interface.items.iter_mut().filter_map(|item| match item {
        TraitItem::Fn(method) => {
            let body = if method.default.is_some() { Body::Default } else { Body::OfImplementations };
            Some(Method { attrs: &mut method.attrs, sig: &mut method.sig, body })
        }
        _ => None,
    });
    let operations = operations(methods.collect(), &interface.ident, &keys, errors);
    if let Some(word) = &keys.client {
        errors.at(word, "a trait has a client without being asked; leave `client` out");
    }
    errors.scope(|errors| {
        refuse_generics(&interface.generics, errors);
        interface::refuse_what_no_service_is(interface, errors);
    })?;
    let ident = &interface.ident;
    let client = Some(client(interface.vis.to_token_stream(), ident));
    let of = Of::Trait(ident.clone());
    Some(Service { client, ..service(keys, ident, of, docs::text(&interface.attrs), operations) })
}

fn client(visibility: TokenStream, ident: &Ident) -> Client {
    Client { visibility, ident: format_ident!("{ident}Client") }
}

fn service(keys: BlockKeys, ident: &Ident, of: Of, docs: String, operations: Vec<Operation>) -> Service {
    let text = |text: String| Name { text, span: Span::call_site() };
    Service {
        of,
        client: None,
        namespace: keys.namespace.unwrap_or_else(|| text(format!("urn:service:{}", Name::from(ident).text))),
        path: keys.path.unwrap_or_else(|| text(format!("/{}", Name::from(ident).text))),
        name: keys.name.unwrap_or_else(|| Name::from(ident)),
        naming: keys.naming.unwrap_or_default(),
        style: keys.style.unwrap_or_default(),
        form: keys.form.unwrap_or_default(),
        is_foreign: keys.foreign.is_some(),
        soap12: keys.soap12.is_some(),
        docs,
        operations,
        on_failure: keys.on_failure.unwrap_or_default(),
        abort_output: keys.abort_output,
    }
}

fn refuse_generics(generics: &Generics, errors: &mut Errors) {
    if !generics.params.is_empty() {
        let message = "a service has no generics, for its description names definite types; write the `impl` for one \
                       of them, or keep what differs in a `Box<dyn …>`";
        errors.at(generics, message);
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

/// The methods that are operations; `subject` is what has them. One that is faulty is left out.
fn operations(
    mut methods: Vec<Method<'_>>,
    subject: &impl ToTokens,
    keys: &BlockKeys,
    errors: &mut Errors,
) -> Vec<Operation> {
    let mut marked = Vec::new();
    let mut operations = Vec::new();
    for Method { attrs, sig, body } in &mut methods {
        let marks = method_keys::take_marks(attrs);
        let Some(mark) = marks.first() else {
            refuse_neither_mark_nor_body(sig, *body, errors);
            continue;
        };
        marked.extend(marks.iter().map(|mark| mark.kind));
        let attributes = signature::take_attributes(sig);
        let made = errors.scope(|errors| {
            method_keys::refuse_second_mark(&marks, errors);
            refuse_default_body(sig, mark, *body, errors);
            operation(attrs, sig, mark, &attributes, keys.rename_all.unwrap_or_default(), errors)
        });
        operations.extend(made);
    }
    if marked.is_empty() {
        errors.at(subject, "the service has no operation; mark a method with `#[operation]` or `#[job]`");
    }
    if !marked.contains(&Kind::Job) {
        keys.refuse_those_about_jobs(errors);
    }
    operations
}

/// An implementation has nothing else to do than its operations, so that this is a mark forgotten.
fn refuse_neither_mark_nor_body(signature: &Signature, body: Body, errors: &mut Errors) {
    let ident = &signature.ident;
    if body == Body::OfImplementations {
        let message = format!(
            "`{ident}` is no operation, and without a body here; mark it with `#[operation]` or `#[job]`, or give it a \
             body",
        );
        errors.at(ident, message);
    }
}

fn refuse_default_body(signature: &Signature, mark: &Mark, body: Body, errors: &mut Errors) {
    let ident = &signature.ident;
    if body == Body::Default {
        let message = format!(
            "`{ident}` is {} of a trait, whose implementations say what it does; end it with `;`, without a body",
            mark.kind.with_article(),
        );
        errors.at(ident, message);
    }
}

fn operation(
    attributes: &[Attribute],
    sig: &Signature,
    mark: &Mark,
    parameters: &[Vec<Attribute>],
    case: Case,
    errors: &mut Errors,
) -> Operation {
    let keys = MethodKeys::parse(mark, errors);
    refuse_cfg(attributes, errors);
    signature::check(sig, mark.kind, errors);
    let Inputs { handle, parameters } = signature::inputs(sig, parameters, mark.kind, case, errors);
    Operation {
        ident: sig.ident.clone(),
        name: keys.name.unwrap_or_else(|| case.name(&sig.ident)),
        docs: docs::text(attributes),
        execution: if sig.asyncness.is_some() { Execution::Async } else { Execution::Blocking },
        parameters,
        outputs: keys.outputs.unwrap_or_default(),
        headers: keys.headers.unwrap_or_default(),
        messages: keys.messages,
        returns: sig.output.clone(),
        job: handle.map(|handle| Job { handle, requeue: keys.requeue.is_some() }),
    }
}

/// The macro comes before `cfg` inside the block, so the description could name what is not there.
pub(super) fn refuse_cfg(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        let message = "`#[cfg]` has no effect on what the service publishes; put it on the whole `impl` block or trait";
        errors.at(attribute, message);
    }
}
