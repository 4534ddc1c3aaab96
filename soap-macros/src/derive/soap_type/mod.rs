//! `#[derive(SoapType)]`: structs, enums and newtypes as types of a schema.
//!
//! `keys` reads what stands on the type and `fields` what stands on fields, `parse` makes the `model` of
//! both, `check` knows the rules, and the files `render_…` write each shape down; `field_code` and its
//! neighbours are the code for fields, wherever they are, and `generics` the bounds.

mod check;
mod field_code;
mod field_reading;
mod field_writing;
mod fields;
mod generics;
mod keys;
mod model;
mod parse;
mod render_choice;
mod render_extension;
mod render_family;
mod render_newtype;
mod render_struct;
mod render_text;
mod render_words;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;
use model::{Shape, SoapType};

pub(super) fn expand(item: &DeriveInput, errors: &mut Errors) -> Option<TokenStream> {
    // What is faulty would only make the compiler say more about the same thing.
    let checked = errors.scope(|errors| parse::parse(item, errors).map(|model| check::check(model, errors)))??;
    let SoapType { common, shape } = &*checked;
    Some(match shape {
        Shape::Struct(fields) => render_struct::render(common, shape, fields),
        Shape::Text(fields) => render_text::render(common, shape, fields),
        Shape::Newtype { ty, facets } => render_newtype::render(common, shape, ty, facets),
        Shape::Words(words) => render_words::render(common, shape, words),
        Shape::Choice(variants) => render_choice::render(common, shape, variants),
        Shape::Family { base, members } => render_family::render(common, shape, base.as_ref(), members),
    })
}
