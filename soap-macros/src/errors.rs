//! The sink for what is wrong: everything is reported, and in one compile.

use std::fmt::Display;
use std::ops::Deref;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::naming::Name;

/// The errors found so far.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
}

impl Errors {
    /// An error on `tokens`, from the first to the last of them.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.found.push(syn::Error::new_spanned(tokens, message));
    }

    /// An error on the token that gives a name.
    pub(crate) fn at_name(&mut self, name: &Name, message: impl Display) {
        self.found.push(syn::Error::new(name.span, message));
    }

    /// The value, or its error is taken in.
    pub(crate) fn accept<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.found.push(error)).ok()
    }

    /// What `work` makes, unless it reports something: then it is not fit to be rendered.
    pub(crate) fn scope<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let before = self.found.len();
        let made = work(self);
        (self.found.len() == before).then_some(made)
    }

    /// One `compile_error!` for each.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.found.iter().map(syn::Error::to_compile_error).collect()
    }
}

/// Where `tokens` begin and where they end. What is rendered from the one to the other is underlined
/// by the compiler like `tokens` themselves, and its verdicts on both are told once.
pub(crate) fn ends(tokens: impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.into_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// A model that its rules were applied to. Only such a one can be rendered.
pub(crate) struct Checked<T>(T);

impl<T> Checked<T> {
    /// Applies `rules` to `model`; a rule may take out what it refuses.
    pub(crate) fn by(mut model: T, rules: &[fn(&mut T, &mut Errors)], errors: &mut Errors) -> Self {
        rules.iter().for_each(|rule| rule(&mut model, errors));
        Self(model)
    }
}

impl<T> Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
