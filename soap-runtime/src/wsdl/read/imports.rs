//! What a document imports: WSDLs, schemas.

use std::ops::Range;

use super::tree::{Node, Tree, WSDL, XML, XS};
use super::{Place, WsdlError, builtin};

/// How far into a document its root is looked for, in characters, if it is not well-formed.
#[cfg(feature = "client")]
const START: usize = 4096;

/// A reference from one document to another.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// As it stands there.
    pub(crate) location: String,
    /// Where it stands in the text, without its quotes.
    #[cfg_attr(not(feature = "cli"), allow(dead_code))]
    pub(crate) range: Range<usize>,
    pub(crate) at: Place,
}

/// What a document is.
#[cfg(feature = "client")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Wsdl,
    Schema,
    /// A page, say.
    Other,
}

/// By its root. What is not well-formed is what it seems to be, so that reading it says what is wrong where.
#[cfg(feature = "client")]
pub(crate) fn kind(text: &str) -> Kind {
    match Tree::parse("", text) {
        Ok(tree) if tree.root().is(WSDL, "definitions") => Kind::Wsdl,
        Ok(tree) if tree.root().is(XS, "schema") => Kind::Schema,
        Err(WsdlError::NotWellFormed { .. } | WsdlError::Wrong { .. }) => seems(text),
        _ => Kind::Other,
    }
}

#[cfg(feature = "client")]
fn seems(text: &str) -> Kind {
    let start = text.char_indices().nth(START).map_or(text, |(end, _)| &text[..end]);
    let names = |what: &str, namespace: &str| start.contains(what) && start.contains(namespace);
    match () {
        () if names("definitions", WSDL) => Kind::Wsdl,
        () if names("schema", XS) => Kind::Schema,
        () => Kind::Other,
    }
}

/// The imports of a document, in its order.
///
/// # Errors
/// If the document is not well-formed.
pub(crate) fn imports(name: &str, text: &str) -> Result<Vec<Import>, WsdlError> {
    let tree = Tree::parse(name, text)?;
    let mut found = Vec::new();
    let root = tree.root();
    if root.is(WSDL, "definitions") {
        found.extend(root.all(WSDL, "import").filter_map(|import| reference(import, "location")));
        for schema in root.all(WSDL, "types").flat_map(|types| types.all(XS, "schema")) {
            found.extend(of_schema(schema).filter_map(|import| reference(import, "schemaLocation")));
        }
    } else {
        found.extend(of_schema(root).filter_map(|import| reference(import, "schemaLocation")));
    }
    Ok(found)
}

/// The elements of a schema that take in other documents.
pub(super) fn of_schema(schema: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    schema.children().filter(|child| {
        child.namespace() == XS
            && matches!(child.local(), "import" | "include" | "redefine")
            && !child.attribute("namespace").is_some_and(is_known)
    })
}

/// Schemas that everybody knows, and that some tools name by an address that is not to be asked: the address has
/// a DOCTYPE, or is slow on purpose.
fn is_known(namespace: &str) -> bool {
    namespace == XML || namespace == XS || namespace == WSDL || builtin::is_standard(namespace)
}

/// What an import names, without a fragment, which would be a part of it.
pub(super) fn location<'a>(import: Node<'a>, attribute: &str) -> Option<&'a str> {
    let location = import.attribute(attribute)?.trim();
    location.split('#').next().filter(|location| !location.is_empty())
}

fn reference(import: Node<'_>, attribute: &str) -> Option<Import> {
    let location = location(import, attribute)?.to_owned();
    Some(Import { location, range: import.range_of(attribute)?, at: import.place() })
}
