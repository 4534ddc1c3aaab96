//! What `#[soap(min = 1, max_length = 20)]` says of the values of a type.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Meta, Type};

use crate::attrs;
use crate::errors::{Errors, ends};

/// The keys, which are the runtime's methods.
pub(crate) const KEYS: [&str; 11] = [
    "min",
    "max",
    "above",
    "below",
    "length",
    "min_length",
    "max_length",
    "pattern",
    "total_digits",
    "fraction_digits",
    SECRET,
];

/// The one without a value: the value that breaks a rule is not shown.
const SECRET: &str = "secret";

/// Keys that say the same thing in two ways.
const EITHER: [(&str, &str); 4] =
    [("min", "above"), ("max", "below"), ("length", "min_length"), ("length", "max_length")];

/// The facets that were given, each with its value if it has one.
#[derive(Default)]
pub(crate) struct Facets {
    given: Vec<(Ident, Option<Expr>)>,
}

impl Facets {
    /// Takes `meta` in, if its key is a facet.
    pub(crate) fn take(&mut self, meta: &Meta, errors: &mut Errors) -> bool {
        let word = attrs::word(meta);
        let Some(key) = meta.path().get_ident().filter(|_| KEYS.contains(&word.as_str())) else { return false };
        let value = match meta {
            _ if word == SECRET => attrs::flag(meta, errors).map(|()| None),
            Meta::NameValue(pair) => Some(Some(pair.value.clone())),
            meta => {
                errors.at(meta, format!("`{word}` needs a value: `{word} = …`"));
                None
            }
        };
        let Some(value) = value else { return true };
        match self.given.iter().find(|(other, _)| is_either(other, &word)) {
            Some((other, _)) if *other == word => errors.at(key, format!("`{word}` is given twice; keep one")),
            Some((other, _)) => {
                errors.at(key, format!("`{word}` does not go with `{other}`, which is given already; keep one"));
            }
            None => self.given.push((key.clone(), value)),
        }
        true
    }

    /// The key that was given first.
    pub(crate) fn first(&self) -> Option<&Ident> {
        self.given.first().map(|(key, _)| key)
    }

    /// Refuses them where the type is only known later.
    pub(crate) fn refuse_generic(&self, ty: &Type, parameters: &[&Ident], errors: &mut Errors) {
        if let Some(key) = self.first().filter(|_| parameters.iter().any(|one| mentions(ty, one))) {
            let message = format!(
                "`{key}` needs a definite type, and this one depends on a type parameter; give the facet to a newtype"
            );
            errors.at(key, message);
        }
    }

    /// The runtime's `Facets` for values of `ty` as a static called `name`, if there are any.
    pub(crate) fn item(&self, name: &Ident, ty: &Type) -> Option<TokenStream> {
        let first = self.first()?;
        // The value stands at itself: one of a wrong type is blamed there.
        let calls = self.given.iter().map(|(key, value)| {
            let span = value.as_ref().map_or_else(|| key.span(), Spanned::span);
            quote_spanned!(span=> .#key(#value))
        });
        let (start, end) = ends(ty);
        let mut of = quote_spanned!(start=> ::soap_runtime::__private::Facets::of::<#ty>);
        let rules = quote_spanned!(first.span()=> |facets| facets #(#calls)*);
        of.extend(quote_spanned!(end=> (#rules)));
        Some(quote! {
            static #name: ::std::sync::LazyLock<::soap_runtime::__private::Facets> =
                ::std::sync::LazyLock::new(|| #of);
        })
    }

    /// The same as an expression: a reference to it.
    pub(crate) fn reference(&self, ty: &Type) -> Option<TokenStream> {
        let name = format_ident!("FACETS");
        let item = self.item(&name, ty)?;
        Some(quote!({ #item &#name }))
    }
}

/// Items next to the implementations that use them, where nobody else sees them.
pub(crate) fn beside(items: impl IntoIterator<Item = TokenStream>, implementations: TokenStream) -> TokenStream {
    let items: Vec<_> = items.into_iter().collect();
    if items.is_empty() {
        return implementations;
    }
    quote! {
        #[allow(non_upper_case_globals, non_camel_case_types)]
        const _: () = {
            #(#items)*
            #implementations
        };
    }
}

fn is_either(other: &Ident, word: &str) -> bool {
    let pairs = |(one, two): &(&str, &str)| (other == one && word == *two) || (other == two && word == *one);
    other == word || EITHER.iter().any(pairs)
}

/// Whether `parameter` stands in `ty`.
pub(crate) fn mentions(ty: &Type, parameter: &Ident) -> bool {
    fn stands_in(tokens: TokenStream, parameter: &Ident) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Group(group) => stands_in(group.stream(), parameter),
            proc_macro2::TokenTree::Ident(ident) => ident == *parameter,
            _ => false,
        })
    }
    stands_in(quote!(#ty), parameter)
}
