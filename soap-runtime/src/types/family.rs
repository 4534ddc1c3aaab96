//! Types that extend others, and values that are of one of them: `xsi:type` says which.

use std::marker::PhantomData;

use super::{Fields, NamedType, Schema, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

/// A struct whose first fields are those of another one, `B`.
///
/// It is no associated type, for a base may be private where what extends it is not.
pub trait Extension<B>: Fields {
    /// Writes the fields that the base does not have.
    fn write_own_fields(&self, writer: &mut Writer);
}

/// Writes all fields, each in the namespace of the type that has it.
pub fn write_extension<B: Fields, T: Extension<B>>(value: &T, base: &B, writer: &mut Writer) {
    base.write_qualified(writer);
    writer.within(T::NAMESPACE, |writer| value.write_own_fields(writer));
}

/// A type that extends `B`, or one that does; `D` is how far away it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not extend `{B}`",
    label = "does not extend `{B}`",
    note = "all variants of an enum with `#[soap(xsi_type)]` but the first hold structs that extend what the first \
            one holds: their first field is `#[soap(extends)] base: {B}`"
)]
pub trait DescendsFrom<B, D>: Fields {}

/// Extends it itself.
pub struct Direct;

/// Extends one that does.
pub struct Indirect<D>(PhantomData<D>);

#[diagnostic::do_not_recommend]
impl<T: Extension<B>, B> DescendsFrom<B, Direct> for T {}

/// The type of `T`, which extends `B`.
pub fn derived<B, T: DescendsFrom<B, D>, D>() -> NamedType {
    T::named()
}

/// Which of the family `T` the content of `element` is of, by its `xsi:type`: the base is 0, and `first`
/// if it does not say.
///
/// # Errors
/// If it is none of them, or one before `first`.
pub fn member<T: SoapType>(element: &Element<'_, '_>, first: usize) -> Result<usize, ReadError> {
    let xsi_type = element.xsi_type();
    if xsi_type.is_none() && first == 0 {
        return Ok(0);
    }
    let members: Vec<NamedType> = match T::schema() {
        Schema::Family(base, derived) => std::iter::once(base).chain(derived).collect(),
        _ => Vec::new(),
    };
    let found = xsi_type.and_then(|(namespace, local)| position(&members, namespace, local));
    found.filter(|at| *at >= first).ok_or_else(|| {
        let known: Vec<_> = members.iter().skip(first).map(|member| format!("`{}`", member.name)).collect();
        let known = known.join(", ");
        element.error(match xsi_type {
            Some((_, local)) => format!("its `xsi:type` is `{}`, and must be one of {known}", crate::xml::cut(local)),
            None => format!("its `xsi:type` is missing, and must be one of {known}"),
        })
    })
}

/// A namespace that a type says has to be the right one. One that it does not say is the service's, which
/// is not known here.
fn position(members: &[NamedType], namespace: &str, local: &str) -> Option<usize> {
    let of_namespace =
        |wanted: Option<&str>| members.iter().position(|member| member.name == local && (member.namespace == wanted));
    let any = || members.iter().position(|member| member.name == local);
    match namespace {
        "" => any(),
        _ => of_namespace(Some(namespace)).or_else(|| of_namespace(None)),
    }
}

/// What stands in the start tag of a value that is not of the base.
pub fn write_derived_attributes<T: Fields + SoapType>(value: &T, tag: &mut StartTag<'_>) {
    tag.xsi_type(T::NAMESPACE, &T::named().name);
    value.write_attributes(tag);
}
