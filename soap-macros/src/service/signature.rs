//! The signature of a method as arguments of an operation, and as the handle of a job.

use syn::{Attribute, FnArg, Ident, Meta, Pat, PatType, Receiver, ReceiverKind, Safety, Signature, Type};

use super::jobs;
use super::model::{Kind, Parameter};
use super::parse::refuse_cfg;
use crate::attrs::{self, Slot};
use crate::default::Default;
use crate::errors::Errors;
use crate::facets::{self, Facets};
use crate::naming::Case;
use crate::{docs, keys};

/// Takes what is meant for us off the parameters: the compiler knows no docs there. One list for each parameter.
pub(super) fn take_attributes(signature: &mut Signature) -> Vec<Vec<Attribute>> {
    let take = |argument: &mut FnArg| match argument {
        FnArg::Receiver(_) => None,
        FnArg::Typed(typed) => {
            let ours =
                |attribute: &mut Attribute| ["doc", keys::SOAP].iter().any(|word| attribute.path().is_ident(word));
            Some(typed.attrs.extract_if(.., ours).collect())
        }
    };
    signature.inputs.iter_mut().filter_map(take).collect()
}

/// Refuses what an operation or a job cannot be.
pub(super) fn check(signature: &Signature, kind: Kind, errors: &mut Errors) {
    match signature.receiver() {
        None => refuse_no_receiver(signature, kind, errors),
        Some(receiver) => refuse_other_receiver(receiver, errors),
    }
    refuse_generic_method(signature, kind, errors);
    refuse_unsafe(signature, kind, errors);
    refuse_too_many(signature, kind, errors);
}

/// The parameters behind `&self`.
pub(super) struct Inputs {
    /// The type of a job's first one.
    pub(super) handle: Option<Type>,
    /// Those that are arguments.
    pub(super) parameters: Vec<Parameter>,
}

/// Reads the parameters; `attributes` are those that [`take_attributes`] took off.
pub(super) fn inputs(
    signature: &Signature,
    attributes: &[Vec<Attribute>],
    kind: Kind,
    case: Case,
    errors: &mut Errors,
) -> Inputs {
    let mut typed = typed(signature).zip(attributes);
    let handle = match kind {
        Kind::Operation => None,
        Kind::Job => handle(signature, typed.next(), errors),
    };
    let parameters = typed.filter_map(|(typed, attributes)| parameter(typed, attributes, kind, case, errors)).collect();
    Inputs { handle, parameters }
}

fn typed(signature: &Signature) -> impl Iterator<Item = &PatType> {
    signature.inputs.iter().filter_map(|argument| match argument {
        FnArg::Receiver(_) => None,
        FnArg::Typed(typed) => Some(typed),
    })
}

/// The type of the first parameter. Whether it is that of a handle the compiler says.
fn handle(signature: &Signature, first: Option<(&PatType, &Vec<Attribute>)>, errors: &mut Errors) -> Option<Type> {
    let Some((typed, attributes)) = first else {
        let message = "a job's first parameter is its handle: `job: Job`, or `job: BlockingJob` in a plain `fn`";
        errors.at(&signature.ident, message);
        return None;
    };
    refuse_cfg(&typed.attrs, errors);
    refuse_no_owned_handle(&typed.ty, errors);
    for meta in attrs::soap_entries(attributes, errors) {
        let message = "a job's first parameter is its handle, which takes no keys; put `job: Job` before it, or take \
                       the keys off";
        errors.at(meta.path(), message);
    }
    Some((*typed.ty).clone())
}

fn parameter(
    typed: &PatType,
    attributes: &[Attribute],
    kind: Kind,
    case: Case,
    errors: &mut Errors,
) -> Option<Parameter> {
    refuse_cfg(&typed.attrs, errors);
    refuse_reference(&typed.ty, errors);
    refuse_impl_trait(&typed.ty, errors);
    let (mut name, mut default, mut xsd) = (Slot::default(), Slot::default(), Slot::default());
    let (mut header, mut namespace, mut facets) = (Slot::default(), Slot::default(), Facets::default());
    for meta in attrs::soap_entries(attributes, errors) {
        match attrs::word(&meta).as_str() {
            keys::NAME | keys::RENAME => name.set(&meta, attrs::name(&meta, errors), errors),
            keys::DEFAULT => default.set(&meta, Default::parse(&meta, errors), errors),
            keys::NAMESPACE if kind == Kind::Operation => namespace.set(&meta, attrs::name(&meta, errors), errors),
            keys::HEADER if kind == Kind::Job => refuse_header_of_a_job(&meta, errors),
            keys::HEADER => header.set(&meta, attrs::flag(&meta, errors), errors),
            keys::XSD => xsd.set(&meta, attrs::text(&meta, errors), errors),
            _ if facets.take(&meta, errors) => {}
            _ => {
                let own = [keys::NAME, keys::DEFAULT, keys::XSD, keys::HEADER, keys::NAMESPACE];
                let known: Vec<_> = own.into_iter().chain(facets::KEYS).collect();
                attrs::refuse_unknown(&meta, "`#[soap]` on a parameter", &known, errors);
            }
        }
    }
    let ident = plain_name(&typed.pat, errors)?;
    Some(Parameter {
        ident: ident.clone(),
        name: name.take().unwrap_or_else(|| case.name(ident)),
        docs: docs::text(attributes),
        ty: (*typed.ty).clone(),
        namespace: namespace.take(),
        is_header: header.take().is_some(),
        default: default.take(),
        published_as: xsd.take(),
        facets,
    })
}

fn refuse_header_of_a_job(meta: &Meta, errors: &mut Errors) {
    let message = "a job cannot take a header: its arguments are recorded, to be read again by another process, and a \
                   header belongs to one message; leave `header` out, so that it is an argument";
    errors.at(meta.path(), message);
}

/// The name of the parameter; anything but a name is refused.
fn plain_name<'a>(pattern: &'a Pat, errors: &mut Errors) -> Option<&'a Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(&name.ident),
        pattern => {
            let message = "a parameter needs a name, for it is the argument's name; take it apart in the method's body";
            errors.at(pattern, message);
            None
        }
    }
}

fn refuse_no_receiver(signature: &Signature, kind: Kind, errors: &mut Errors) {
    let Signature { ident, .. } = signature;
    errors.at(ident, format!("`{ident}` needs `&self` as its first parameter to be {}", kind.with_article()));
}

fn refuse_other_receiver(receiver: &Receiver, errors: &mut Errors) {
    let message = match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => return,
        ReceiverKind::Reference(..) => {
            "many calls run on the service at the same time; take `&self`, and keep what changes behind a `Mutex`"
        }
        _ => "the service goes on after the call; take `&self`",
    };
    errors.at(receiver, message);
}

fn refuse_generic_method(signature: &Signature, kind: Kind, errors: &mut Errors) {
    if !signature.generics.params.is_empty() {
        let message = format!(
            "{} has no generics, for its description names definite types; take them off, or write one {} for each type",
            kind.with_article(),
            kind.word(),
        );
        errors.at(&signature.generics, message);
    }
}

fn refuse_unsafe(signature: &Signature, kind: Kind, errors: &mut Errors) {
    if let Safety::Unsafe(word) = &signature.safety {
        errors.at(word, format!("{} is called by anybody and cannot be `unsafe`", kind.with_article()));
    }
}

fn refuse_too_many(signature: &Signature, kind: Kind, errors: &mut Errors) {
    const MOST: usize = 32;
    let (most, message) = match kind {
        Kind::Operation => (MOST, format!("an operation has at most {MOST} parameters; join some of them")),
        Kind::Job => {
            // Its operation has the two more that say whose job it is.
            let most = MOST - jobs::ARGUMENTS.len();
            (most + 1, format!("a job has at most {most} parameters behind its handle; join some of them"))
        }
    };
    if let Some(first_over) = typed(signature).nth(most) {
        errors.at(first_over, message);
    }
}

fn refuse_no_owned_handle(ty: &Type, errors: &mut Errors) {
    if matches!(ty, Type::Reference(_) | Type::ImplTrait(_)) {
        let message = "the handle belongs to the method: say `Job`, or `BlockingJob` in a plain `fn`";
        errors.at(ty, message);
    }
}

fn refuse_reference(ty: &Type, errors: &mut Errors) {
    let Type::Reference(reference) = ty else { return };
    let owned = match &*reference.elem {
        Type::Path(path) if path.path.is_ident("str") => "`String` in place of `&str`".to_owned(),
        Type::Slice(_) => "`Vec` in place of a slice".to_owned(),
        _ => "the type without `&`".to_owned(),
    };
    errors.at(ty, format!("an argument belongs to the call, so its type must be owned: say {owned}"));
}

fn refuse_impl_trait(ty: &Type, errors: &mut Errors) {
    if let Type::ImplTrait(ty) = ty {
        errors.at(ty, "an argument needs a definite type, for the description names it: `impl …` is none");
    }
}
