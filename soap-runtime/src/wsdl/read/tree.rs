//! Documents as trees; the only module that knows roxmltree.

use roxmltree::{Document, ParsingOptions};

use super::guard;
use super::{Place, WsdlError};
use crate::wsdl::model::QName;

pub(super) const XS: &str = "http://www.w3.org/2001/XMLSchema";
pub(super) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The most elements, texts and comments in one document.
const MOST_NODES: u32 = 2_000_000;

/// One document, and what it is called in errors.
pub(super) struct Tree<'a> {
    name: &'a str,
    document: Document<'a>,
}

impl<'a> Tree<'a> {
    pub(super) fn parse(name: &'a str, text: &'a str) -> Result<Self, WsdlError> {
        guard::check(name, text)?;
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        match Document::parse_with_options(text, options) {
            Ok(document) => Ok(Self { name, document }),
            Err(error) => Err(refused(name, &error)),
        }
    }

    pub(super) fn root(&self) -> Node<'_> {
        Node { node: self.document.root_element(), document: self.name }
    }
}

fn refused(name: &str, error: &roxmltree::Error) -> WsdlError {
    let location = || name.to_owned();
    match error {
        roxmltree::Error::DtdDetected => WsdlError::NoWsdl {
            location: location(),
            reason: "it has a DOCTYPE, as pages have and WSDLs must not".into(),
        },
        roxmltree::Error::NodesLimitReached
        | roxmltree::Error::AttributesLimitReached
        | roxmltree::Error::NamespacesLimitReached => {
            WsdlError::TooLarge { location: location(), reason: error.to_string() }
        }
        _ => {
            let position = error.pos();
            // The position has an end of its own in the message.
            let reason = error.to_string();
            let reason = reason.strip_suffix(&format!(" at {position}")).unwrap_or(&reason).to_owned();
            let at = Place { document: location(), line: position.row, column: position.col };
            WsdlError::NotWellFormed { at, reason }
        }
    }
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    node: roxmltree::Node<'a, 'a>,
    document: &'a str,
}

impl<'a> Node<'a> {
    /// Different for each element of a document.
    pub(super) fn id(self) -> usize {
        self.node.id().get_usize()
    }

    pub(super) fn local(self) -> &'a str {
        self.node.tag_name().name()
    }

    pub(super) fn namespace(self) -> &'a str {
        self.node.tag_name().namespace().unwrap_or_default()
    }

    pub(super) fn is(self, namespace: &str, local: &str) -> bool {
        self.local() == local && self.namespace() == namespace
    }

    /// Its element children.
    pub(super) fn children(self) -> impl Iterator<Item = Node<'a>> + 'a {
        let document = self.document;
        self.node.children().filter(roxmltree::Node::is_element).map(move |node| Node { node, document })
    }

    /// Those in this namespace with this name.
    pub(super) fn all<'n: 'a>(self, namespace: &'n str, local: &'n str) -> impl Iterator<Item = Node<'a>> + 'a {
        self.children().filter(move |child| child.is(namespace, local))
    }

    pub(super) fn first(self, namespace: &str, local: &str) -> Option<Self> {
        self.children().find(|child| child.is(namespace, local))
    }

    /// The root element of its document.
    pub(super) fn root(self) -> Self {
        Self { node: self.node.document().root_element(), document: self.document }
    }

    /// An attribute without a namespace.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        self.node.attribute(name)
    }

    pub(super) fn attribute_of(self, namespace: &str, name: &str) -> Option<&'a str> {
        self.node.attribute((namespace, name))
    }

    /// Where in the text of its document the value of an attribute stands, quotes not included.
    pub(super) fn range_of(self, name: &str) -> Option<std::ops::Range<usize>> {
        self.node.attribute_node(name).map(|attribute| attribute.range_value())
    }

    /// An attribute that it cannot do without.
    pub(super) fn required(self, name: &str) -> Result<&'a str, WsdlError> {
        self.attribute(name).ok_or_else(|| self.wrong(format!("`{}` has no attribute `{name}`", self.local())))
    }

    /// `true` or `1`.
    pub(super) fn says(self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value.trim(), "true" | "1"))
    }

    /// What a name with a prefix stands for, here.
    pub(super) fn resolve(self, name: &str) -> Result<QName, WsdlError> {
        let name = name.trim();
        match name.split_once(':') {
            None => Ok(QName::new(self.node.lookup_namespace_uri(None).unwrap_or_default(), name)),
            Some(("xml", local)) => Ok(QName::new(XML, local)),
            Some((prefix, local)) => match self.node.lookup_namespace_uri(Some(prefix)) {
                Some(namespace) => Ok(QName::new(namespace, local)),
                None => Err(self.wrong(format!(
                    "the prefix `{prefix}` of `{name}` is not declared; `xmlns:{prefix}=\"…\"` is missing"
                ))),
            },
        }
    }

    /// The name in an attribute, if it is there.
    pub(super) fn name_in(self, attribute: &str) -> Result<Option<QName>, WsdlError> {
        self.attribute(attribute).map(|name| self.resolve(name)).transpose()
    }

    pub(super) fn place(self) -> Place {
        let position = self.node.document().text_pos_at(self.node.range().start);
        Place { document: self.document.to_owned(), line: position.row, column: position.col }
    }

    pub(super) fn wrong(self, reason: impl Into<String>) -> WsdlError {
        WsdlError::Wrong { at: self.place(), reason: reason.into() }
    }

    pub(super) fn missing(self, kind: &'static str, name: &QName) -> WsdlError {
        WsdlError::Missing { at: self.place(), kind, name: name.to_string() }
    }

    /// All text below it.
    pub(super) fn text(self) -> String {
        self.node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect()
    }
}
