//! What an argument or a field is when it is left out.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Expr, Meta, Path, Type};

use crate::errors::Errors;

/// The value of the key `default`.
pub(crate) enum Default {
    /// `#[soap(default)]`, with the word itself.
    OfType(Path),
    /// `#[soap(default = …)]`.
    Value(Expr),
}

impl Default {
    pub(crate) fn parse(meta: &Meta, errors: &mut Errors) -> Option<Self> {
        match meta {
            Meta::Path(path) => Some(Self::OfType(path.clone())),
            Meta::NameValue(pair) => Some(Self::Value(pair.value.clone())),
            Meta::List(list) => {
                let message = "`default` needs an expression: `default = 300`, or stands alone for \
                               `Default::default()`";
                errors.at(list, message);
                None
            }
        }
    }

    /// Where it is written.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::OfType(word) => word.span(),
            Self::Value(value) => value.span(),
        }
    }

    /// An expression of the type `fn() -> #ty`, spanned so that a value of another type is blamed itself.
    pub(crate) fn function(&self, ty: &Type) -> TokenStream {
        match self {
            Self::OfType(word) => quote_spanned!(word.span()=> <#ty as ::core::default::Default>::default),
            Self::Value(value) => quote_spanned!(value.span()=> || #value),
        }
    }
}
