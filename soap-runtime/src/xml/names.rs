//! Namespaces in XML 1.0: which prefix stands for which URI, element by element.

use std::borrow::Cow;

use smallvec::SmallVec;

/// The namespace of `xsi:nil` and `xsi:type` (XML Schema Part 1, §2.6).
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// What the prefix `xml` always stands for (Namespaces in XML, §3).
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Takes `tns:startWaiter` apart into `startWaiter` and `tns`.
pub(crate) fn local_and_prefix(name: &str) -> (&str, &str) {
    match memchr::memchr(b':', name.as_bytes()) {
        Some(colon) => (&name[colon + 1..], &name[..colon]),
        // A part of the name, and not "": comparing with what lies nowhere is slow on some processors.
        None => (name, &name[..0]),
    }
}

/// The declarations in scope, innermost last.
#[derive(Default)]
pub(super) struct Namespaces<'a> {
    bindings: SmallVec<[Binding<'a>; 8]>,
}

struct Binding<'a> {
    prefix: &'a str,
    uri: Cow<'a, str>,
}

impl<'a> Namespaces<'a> {
    /// How many declarations are in scope: what [`Namespaces::truncate`] goes back to.
    pub(super) fn len(&self) -> usize {
        self.bindings.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.bindings.truncate(len);
    }

    /// `xmlns="uri"` is declared with the empty prefix.
    pub(super) fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>) {
        self.bindings.push(Binding { prefix, uri });
    }

    /// What was declared behind the first `len`: prefixes and URIs.
    pub(super) fn since(&self, len: usize) -> impl Iterator<Item = (&'a str, &str)> {
        self.bindings[len..].iter().map(|binding| (binding.prefix, &*binding.uri))
    }

    /// The URI of `prefix`: `None` if nothing declares it, empty if it stands for no namespace.
    pub(super) fn resolve(&self, prefix: &str) -> Option<&str> {
        match self.bindings.iter().rev().find(|binding| binding.prefix == prefix) {
            Some(binding) => Some(&binding.uri),
            None if prefix.is_empty() => Some(""),
            None if prefix == "xml" => Some(XML),
            None => None,
        }
    }
}
