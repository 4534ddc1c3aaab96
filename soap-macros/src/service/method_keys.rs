//! The marks of methods, `#[operation(…)]` and `#[job(…)]`, and their keys.

use syn::{Attribute, Meta, Path};

use super::model::{Kind, Messages};
use crate::attrs::{self, Slot};
use crate::errors::Errors;
use crate::keys;
use crate::naming::Name;

/// An attribute that makes something of its method.
pub(super) struct Mark {
    pub(super) kind: Kind,
    attribute: Attribute,
}

/// Takes the marks off a method, in their order.
pub(super) fn take_marks(attributes: &mut Vec<Attribute>) -> Vec<Mark> {
    let taken = attributes.extract_if(.., |attribute| kind(attribute).is_some());
    taken.filter_map(|attribute| Some(Mark { kind: kind(&attribute)?, attribute })).collect()
}

/// What an attribute makes of its method, if it is a mark.
pub(super) fn kind(attribute: &Attribute) -> Option<Kind> {
    [Kind::Operation, Kind::Job].into_iter().find(|kind| attribute.path().is_ident(kind.word()))
}

/// A method has one mark.
pub(super) fn refuse_second_mark(marks: &[Mark], errors: &mut Errors) {
    let Some((first, others)) = marks.split_first() else { return };
    for Mark { kind, attribute } in others {
        let message = match *kind == first.kind {
            true => format!("`#[{}]` is given twice; put all keys into one", kind.word()),
            false => "a method is an `#[operation]` or a `#[job]`, not both; keep one".to_owned(),
        };
        errors.at(attribute.path(), message);
    }
}

/// What stands in the parentheses of a mark.
pub(super) struct MethodKeys {
    pub(super) name: Option<Name>,
    pub(super) outputs: Option<Vec<Name>>,
    pub(super) headers: Option<Vec<Name>>,
    pub(super) messages: Messages,
    pub(super) requeue: Option<()>,
}

impl MethodKeys {
    pub(super) fn parse(mark: &Mark, errors: &mut Errors) -> Self {
        let (mut name, mut outputs, mut headers) = (Slot::default(), Slot::default(), Slot::default());
        let (mut bare, mut one_way, mut requeue) = (Slot::default(), Slot::default(), Slot::default());
        let (mut request, mut response, mut action) = (Slot::default(), Slot::default(), Slot::default());
        for meta in mark.entries(errors) {
            match (attrs::word(&meta).as_str(), mark.kind) {
                (keys::NAME | keys::RENAME, _) => name.set(&meta, attrs::name(&meta, errors), errors),
                (keys::OUTPUTS, _) => outputs.set(&meta, attrs::names(&meta, errors), errors),
                (keys::HEADERS, Kind::Operation) => headers.set(&meta, attrs::names(&meta, errors), errors),
                (keys::REQUEST, Kind::Operation) => request.set(&meta, attrs::name(&meta, errors), errors),
                (keys::RESPONSE, Kind::Operation) => response.set(&meta, attrs::name(&meta, errors), errors),
                (keys::ACTION, Kind::Operation) => action.set(&meta, attrs::text(&meta, errors), errors),
                (keys::BARE, Kind::Operation) => bare.set(&meta, word(&meta, errors), errors),
                (keys::ONE_WAY, Kind::Operation) => one_way.set(&meta, word(&meta, errors), errors),
                (keys::REQUEUE, Kind::Job) => requeue.set(&meta, attrs::flag(&meta, errors), errors),
                _ => attrs::refuse_unknown(&meta, &format!("`#[{}]`", mark.kind.word()), mark.known_keys(), errors),
            }
        }
        let (request, response, action) = (request.take(), response.take(), action.take());
        let messages = Messages { bare: bare.take(), one_way: one_way.take(), request, response, action };
        let (name, outputs, headers) = (name.take(), outputs.take(), headers.take());
        Self { name, outputs, headers, messages, requeue: requeue.take() }
    }
}

/// A key that stands alone, to point at.
pub(super) fn word(meta: &Meta, errors: &mut Errors) -> Option<Path> {
    attrs::flag(meta, errors).map(|()| meta.path().clone())
}

impl Mark {
    /// Its word, to point at.
    pub(super) fn path(&self) -> &Path {
        self.attribute.path()
    }

    fn entries(&self, errors: &mut Errors) -> Vec<Meta> {
        match &self.attribute.meta {
            Meta::Path(_) => Vec::new(),
            Meta::List(list) => attrs::listed(list, errors),
            Meta::NameValue(_) => {
                let word = self.kind.word();
                let message =
                    format!("`#[{word}]` takes its keys in parentheses: `#[{word}(name = \"…\", outputs(a, b))]`");
                errors.at(&self.attribute, message);
                Vec::new()
            }
        }
    }

    fn known_keys(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Operation => {
                const KNOWN: &[&str] = &[
                    keys::NAME,
                    keys::OUTPUTS,
                    keys::HEADERS,
                    keys::BARE,
                    keys::REQUEST,
                    keys::RESPONSE,
                    keys::ONE_WAY,
                    keys::ACTION,
                ];
                KNOWN
            }
            Kind::Job => &[keys::NAME, keys::OUTPUTS, keys::REQUEUE],
        }
    }
}
