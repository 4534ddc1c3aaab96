//! How derived types are described.

use std::borrow::Cow;

use super::{
    ComplexType, Content, Extension, Facet, Fields, NamedType, Part, Particle, SimpleType, SoapType, TypeDefinition,
    TypeKind, choice,
};
use crate::xml::cut;

/// The name under which `T` is described; `words` are those of its type parameters: `PageOfOrder`.
pub fn named_type<T>(
    name: &'static str,
    words: &[String],
    namespace: Option<&'static str>,
    define: fn() -> TypeDefinition,
) -> NamedType {
    let name = match words {
        [] => Cow::Borrowed(name),
        words => Cow::Owned(format!("{name}Of{}", words.join("And"))),
    };
    NamedType::of::<T>(name, namespace, define)
}

fn complex(docs: &'static str, complex: ComplexType) -> TypeDefinition {
    TypeDefinition { docs, kind: TypeKind::Complex(complex) }
}

/// Elements in a sequence, and attributes.
pub fn particles_type(docs: &'static str, particles: Vec<Particle>, attributes: Vec<Part>) -> TypeDefinition {
    complex(docs, ComplexType { content: Content::Sequence(particles), attributes, ..ComplexType::default() })
}

/// A struct with named fields.
pub fn struct_type<T: Fields>(docs: &'static str) -> TypeDefinition {
    particles_type(docs, T::particles(), T::attributes())
}

/// A struct that extends another one: what that one has is not said again.
pub fn extension_type<T: Extension<B>, B: Fields>(docs: &'static str) -> TypeDefinition {
    let particles = T::particles().split_off(B::particles().len());
    let attributes = T::attributes().split_off(B::attributes().len());
    let base = Some(B::named());
    complex(docs, ComplexType { base, content: Content::Sequence(particles), attributes, ..ComplexType::default() })
}

/// The same type, of which there are only values of those that extend it.
#[must_use]
pub fn abstract_type(mut definition: TypeDefinition) -> TypeDefinition {
    if let TypeKind::Complex(complex) = &mut definition.kind {
        complex.is_abstract = true;
    }
    definition
}

/// An enum with data.
pub fn choice_type<T: Fields>(docs: &'static str) -> TypeDefinition {
    complex(docs, ComplexType { content: Content::Choice(choice::elements::<T>()), ..ComplexType::default() })
}

/// A text with attributes.
pub fn text_type<T: SimpleType>(docs: &'static str, attributes: Vec<Part>) -> TypeDefinition {
    complex(docs, ComplexType { content: Content::Text(T::schema()), attributes, ..ComplexType::default() })
}

/// A newtype.
pub fn newtype<T: SimpleType>(docs: &'static str, facets: Vec<Facet>) -> TypeDefinition {
    TypeDefinition { docs, kind: TypeKind::Simple { base: T::schema(), facets } }
}

/// An enum without data, its variants as words.
pub fn words(docs: &'static str, words: &[&str]) -> TypeDefinition {
    let facets = words.iter().map(|word| ("enumeration", (*word).to_owned())).collect();
    TypeDefinition { docs, kind: TypeKind::Simple { base: String::schema(), facets } }
}

/// Why `text` is no value of an enum without data.
pub fn no_word(text: &str, words: &[&str]) -> String {
    const MOST: usize = 12;
    let listed: Vec<_> = words.iter().take(MOST).map(|word| format!("`{word}`")).collect();
    let more = words.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" or {more} more") } else { String::new() };
    let found = if text.is_empty() { "is empty".to_owned() } else { format!("`{}` is not allowed", cut(text)) };
    format!("{found}; one of {}{more} is expected", listed.join(", "))
}
