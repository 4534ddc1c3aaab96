//! Reading attributes: each key at most once, a value of the right kind, no unknown words.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, MetaList, MetaNameValue, Path, Token};

use crate::errors::Errors;
use crate::keys;
use crate::naming::Name;

/// The runtime's `Form`: whether elements that stand in others have a namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    #[default]
    Qualified,
    Unqualified,
}

/// The value of a key, which may be given once.
pub(crate) struct Slot<T> {
    given: Option<(String, T)>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { given: None }
    }
}

impl<T> Slot<T> {
    /// Takes the value that `meta` gives; `None` is one that was refused already.
    pub(crate) fn set(&mut self, meta: &Meta, value: Option<T>, errors: &mut Errors) {
        let word = word(meta);
        match &self.given {
            Some((earlier, _)) if *earlier == word => {
                errors.at(meta.path(), format!("`{word}` is given twice; keep one"));
            }
            Some((earlier, _)) => {
                errors.at(
                    meta.path(),
                    format!("`{word}` does not go with `{earlier}`, which is given already; keep one"),
                );
            }
            None => self.given = value.map(|value| (word, value)),
        }
    }

    pub(crate) fn take(self) -> Option<T> {
        self.given.map(|(_, value)| value)
    }
}

/// The entries of all attributes `#[soap(…)]` among `attributes`.
pub(crate) fn soap_entries(attributes: &[Attribute], errors: &mut Errors) -> Vec<Meta> {
    let ours = attributes.iter().filter(|attribute| attribute.path().is_ident(keys::SOAP));
    ours.flat_map(|attribute| match &attribute.meta {
        Meta::List(list) => listed(list, errors),
        meta => {
            errors.at(meta, "`#[soap]` needs keys: `#[soap(name = \"…\")]`");
            Vec::new()
        }
    })
    .collect()
}

/// The entries in the parentheses of an attribute: `key`, `key = value` and `key(…)`.
pub(crate) fn listed(list: &MetaList, errors: &mut Errors) -> Vec<Meta> {
    let parsed = list.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated);
    errors.accept(parsed).into_iter().flatten().map(|Entry(meta)| meta).collect()
}

/// As [`Meta`], and `abstract` may be a key, though it is a word of Rust.
struct Entry(Meta);

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Token![abstract]) {
            return input.parse().map(Self);
        }
        let path = Path::from(input.call(Ident::parse_any)?);
        Ok(Self(match input.parse::<Option<Token![=]>>()? {
            Some(eq_token) => Meta::NameValue(MetaNameValue { path, eq_token, value: input.parse()? }),
            None => Meta::Path(path),
        }))
    }
}

/// The same of our own attribute, whose parentheses the compiler has taken off.
pub(crate) fn own_entries(tokens: TokenStream, errors: &mut Errors) -> Vec<Meta> {
    let parsed = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(tokens);
    errors.accept(parsed).into_iter().flatten().collect()
}

/// The key of an entry.
pub(crate) fn word(meta: &Meta) -> String {
    meta.path().get_ident().map_or_else(|| spelled(meta.path()), |ident| ident.unraw().to_string())
}

fn spelled(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

/// Refuses a key that `attribute`, as words for a message, does not know.
pub(crate) fn refuse_unknown(meta: &Meta, attribute: &str, known: &[&str], errors: &mut Errors) {
    let known = keys::listed(known.iter().copied());
    errors.at(meta.path(), format!("unknown key `{}`; {attribute} accepts {known}", word(meta)));
}

/// `key = "text"`.
pub(crate) fn text(meta: &Meta, errors: &mut Errors) -> Option<LitStr> {
    let found = match meta {
        Meta::NameValue(pair) => match ungrouped(&pair.value) {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => return Some(text.clone()),
                _ => pair.value.to_token_stream(),
            },
            value => value.to_token_stream(),
        },
        meta => meta.to_token_stream(),
    };
    errors.at(found, format!("`{key}` needs a string: `{key} = \"…\"`", key = word(meta)));
    None
}

/// `form = "unqualified"`, as XML Schema says it.
pub(crate) fn form(meta: &Meta, errors: &mut Errors) -> Option<Form> {
    let word = text(meta, errors)?;
    match word.value().as_str() {
        "qualified" => Some(Form::Qualified),
        "unqualified" => Some(Form::Unqualified),
        other => {
            let known = keys::listed(["qualified", "unqualified"]);
            errors.at(&word, format!("unknown form `{other}`; `form` accepts {known}"));
            None
        }
    }
}

/// `key = "name"`.
pub(crate) fn name(meta: &Meta, errors: &mut Errors) -> Option<Name> {
    text(meta, errors).map(|literal| Name::from(&literal))
}

/// `key` alone.
pub(crate) fn flag(meta: &Meta, errors: &mut Errors) -> Option<()> {
    match meta {
        Meta::Path(_) => Some(()),
        meta => {
            errors.at(meta, format!("`{key}` takes no value; write `{key}` alone", key = word(meta)));
            None
        }
    }
}

/// `key(a, b)`: identifiers as they are written, or strings.
pub(crate) fn names(meta: &Meta, errors: &mut Errors) -> Option<Vec<Name>> {
    let Meta::List(list) = meta else {
        errors.at(meta, format!("`{key}` needs names in parentheses: `{key}(a, b)`", key = word(meta)));
        return None;
    };
    let parsed = list.parse_args_with(Punctuated::<Name, Token![,]>::parse_terminated);
    errors.accept(parsed).map(|names| names.into_iter().collect())
}

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        match input.peek(LitStr) {
            true => input.parse().map(|literal: LitStr| Self::from(&literal)),
            false => input.call(Ident::parse_any).map(|ident| Self::from(&ident)),
        }
    }
}

/// What a `macro_rules!` hands on is wrapped in invisible brackets.
fn ungrouped(value: &Expr) -> &Expr {
    match value {
        Expr::Group(group) => ungrouped(&group.expr),
        value => value,
    }
}
