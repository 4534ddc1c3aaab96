//! The keys of `#[soap_service(…)]`.

use proc_macro2::TokenStream;
use syn::{LitStr, Meta, Path};

use super::method_keys;
use super::model::{Naming, OnFailure, Style};
use crate::attrs::{self, Form, Slot};
use crate::errors::Errors;
use crate::keys;
use crate::naming::{Case, Name};

/// What stands in the parentheses.
pub(super) struct BlockKeys {
    pub(super) path: Option<Name>,
    pub(super) namespace: Option<Name>,
    pub(super) name: Option<Name>,
    pub(super) naming: Option<Naming>,
    pub(super) style: Option<Style>,
    pub(super) form: Option<Form>,
    pub(super) foreign: Option<()>,
    pub(super) soap12: Option<()>,
    pub(super) rename_all: Option<Case>,
    pub(super) on_failure: Option<OnFailure>,
    pub(super) abort_output: Option<Name>,
    /// The word `client`.
    pub(super) client: Option<Path>,
    /// Those of the keys that say something about jobs.
    about_jobs: Vec<Path>,
}

impl BlockKeys {
    const KNOWN: [&str; 12] = [
        keys::PATH,
        keys::NAMESPACE,
        keys::NAME,
        keys::NAMING,
        keys::STYLE,
        keys::FORM,
        keys::SOAP12,
        keys::RENAME_ALL,
        keys::ON_FAILURE,
        keys::ABORT_OUTPUT,
        keys::FOREIGN,
        keys::CLIENT,
    ];

    pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let (mut path, mut namespace, mut name) = (Slot::default(), Slot::default(), Slot::default());
        let (mut naming, mut style, mut soap12) = (Slot::default(), Slot::default(), Slot::default());
        let (mut rename_all, mut form) = (Slot::default(), Slot::default());
        let (mut foreign, mut client) = (Slot::default(), Slot::default());
        let (mut on_failure, mut abort_output) = (Slot::default(), Slot::default());
        let entries = attrs::own_entries(tokens, errors);
        for meta in &entries {
            match attrs::word(meta).as_str() {
                keys::PATH => path.set(meta, attrs::name(meta, errors), errors),
                keys::NAMESPACE => namespace.set(meta, attrs::name(meta, errors), errors),
                keys::NAME | keys::RENAME => name.set(meta, attrs::name(meta, errors), errors),
                keys::NAMING => naming.set(meta, preset(meta, errors), errors),
                keys::STYLE => style.set(meta, style_of(meta, errors), errors),
                keys::FORM => form.set(meta, attrs::form(meta, errors), errors),
                keys::FOREIGN => foreign.set(meta, attrs::flag(meta, errors), errors),
                keys::SOAP12 => soap12.set(meta, attrs::flag(meta, errors), errors),
                keys::RENAME_ALL => rename_all.set(meta, case(meta, errors), errors),
                keys::ON_FAILURE => on_failure.set(meta, policy(meta, errors), errors),
                keys::ABORT_OUTPUT => abort_output.set(meta, attrs::name(meta, errors), errors),
                keys::CLIENT => client.set(meta, method_keys::word(meta, errors), errors),
                _ => attrs::refuse_unknown(meta, "`#[soap_service]`", &Self::KNOWN, errors),
            }
        }
        Self {
            path: path.take(),
            namespace: namespace.take(),
            name: name.take(),
            naming: naming.take(),
            style: style.take(),
            form: form.take(),
            foreign: foreign.take(),
            soap12: soap12.take(),
            rename_all: rename_all.take(),
            on_failure: on_failure.take(),
            abort_output: abort_output.take(),
            client: client.take(),
            about_jobs: entries.iter().map(Meta::path).filter(|path| is_about_jobs(path)).cloned().collect(),
        }
    }

    /// For a block without a job.
    pub(super) fn refuse_those_about_jobs(&self, errors: &mut Errors) {
        for key in &self.about_jobs {
            let key_word = key.get_ident().map(ToString::to_string).unwrap_or_default();
            errors
                .at(key, format!("`{key_word}` is for services with a `#[job]`, and this one has none; leave it out"));
        }
    }
}

fn is_about_jobs(key: &Path) -> bool {
    key.is_ident(keys::ON_FAILURE) || key.is_ident(keys::ABORT_OUTPUT)
}

fn case(meta: &Meta, errors: &mut Errors) -> Option<Case> {
    attrs::text(meta, errors).and_then(|word| Case::parse(&word, errors))
}

fn preset(meta: &Meta, errors: &mut Errors) -> Option<Naming> {
    const PRESETS: [(&str, Naming); 3] =
        [("standard", Naming::Standard), ("flask-spyne", Naming::FlaskSpyne), ("spyne", Naming::Spyne)];
    let word: LitStr = attrs::text(meta, errors)?;
    let found = PRESETS.iter().find(|(known, _)| *known == word.value()).map(|&(_, naming)| naming);
    if found.is_none() {
        let known = keys::listed(PRESETS.map(|(word, _)| word));
        errors.at(&word, format!("unknown naming `{}`; `naming` accepts {known}", word.value()));
    }
    found
}

fn style_of(meta: &Meta, errors: &mut Errors) -> Option<Style> {
    let word: LitStr = attrs::text(meta, errors)?;
    match word.value().as_str() {
        "document" => Some(Style::Document),
        "rpc" => Some(Style::Rpc),
        other => {
            let known = keys::listed(["document", "rpc"]);
            errors.at(&word, format!("unknown style `{other}`; `style` accepts {known}, both literal"));
            None
        }
    }
}

/// The words that `on_failure` accepts, for a message.
fn policies() -> String {
    keys::listed([keys::FAULT, keys::PAGE, "complete(NAME)"])
}

/// `on_failure(…)`.
fn policy(meta: &Meta, errors: &mut Errors) -> Option<OnFailure> {
    let words = match meta {
        Meta::List(list) => errors.scope(|errors| attrs::listed(list, errors))?,
        _ => Vec::new(),
    };
    match &words[..] {
        [word] => policy_word(word, errors),
        [] => {
            errors.at(meta, format!("`on_failure` needs one word in parentheses, of {}", policies()));
            None
        }
        [_, second, ..] => {
            errors.at(second, format!("`on_failure` takes one word, of {}", policies()));
            None
        }
    }
}

fn policy_word(meta: &Meta, errors: &mut Errors) -> Option<OnFailure> {
    match attrs::word(meta).as_str() {
        keys::FAULT => attrs::flag(meta, errors).map(|()| OnFailure::Fault),
        keys::PAGE => attrs::flag(meta, errors).map(|()| OnFailure::Page),
        keys::COMPLETE => output_for_the_reason(meta, errors).map(OnFailure::Complete),
        word => {
            errors.at(meta.path(), format!("unknown word `{word}`; `on_failure` accepts {}", policies()));
            None
        }
    }
}

/// `complete(result)`.
fn output_for_the_reason(meta: &Meta, errors: &mut Errors) -> Option<Name> {
    let name = match meta {
        Meta::List(list) => list.parse_args().ok(),
        _ => None,
    };
    if name.is_none() {
        errors.at(meta, "`complete` needs the name of one output, which then tells the reason: `complete(result)`");
    }
    name
}
