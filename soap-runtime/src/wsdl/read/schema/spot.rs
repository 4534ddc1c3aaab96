//! An element of a schema, with what holds there.

use crate::wsdl::model::QName;
use crate::wsdl::read::WsdlError;
use crate::wsdl::read::tree::{Node, XS};

/// The deepest that types go into each other, group in group and type in element.
const DEEPEST: usize = 128;

/// Whether names of local elements or attributes are in the namespace of their schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::wsdl::read) enum Form {
    Qualified,
    Unqualified,
}

impl Form {
    fn of(value: Option<&str>) -> Self {
        if value.map(str::trim) == Some("qualified") { Self::Qualified } else { Self::Unqualified }
    }
}

/// What a schema says for all that is in it.
#[derive(Clone, Copy)]
pub(in crate::wsdl::read) struct Scope<'a> {
    pub(in crate::wsdl::read) namespace: &'a str,
    /// Names without a namespace are in this one: the schema has none itself, and is included by one that has
    /// (XML Schema Part 1, §4.2.1).
    chameleon: bool,
    elements: Form,
    attributes: Form,
}

impl<'a> Scope<'a> {
    /// Of a schema that is included by one of this namespace, or that is read for itself.
    pub(in crate::wsdl::read) fn of(schema: Node<'a>, includer: Option<&'a str>) -> Self {
        let own = schema.attribute("targetNamespace");
        Self {
            namespace: own.or(includer).unwrap_or_default(),
            chameleon: own.is_none() && includer.is_some_and(|namespace| !namespace.is_empty()),
            elements: Form::of(schema.attribute("elementFormDefault")),
            attributes: Form::of(schema.attribute("attributeFormDefault")),
        }
    }
}

/// An element of a schema.
#[derive(Clone, Copy)]
pub(in crate::wsdl::read) struct Spot<'a> {
    pub(in crate::wsdl::read) node: Node<'a>,
    pub(in crate::wsdl::read) scope: Scope<'a>,
    /// How far in it is, counted through references.
    depth: usize,
}

impl<'a> Spot<'a> {
    /// A whole schema.
    pub(in crate::wsdl::read) fn new(schema: Node<'a>, scope: Scope<'a>) -> Self {
        Self { node: schema, scope, depth: 0 }
    }

    /// Something that stands on its own in it.
    pub(super) fn root(self, node: Node<'a>) -> Self {
        Self { node, depth: 0, ..self }
    }

    /// Something inside this.
    pub(super) fn inside(self, node: Node<'a>) -> Result<Self, WsdlError> {
        Self { node, ..self }.from(self)
    }

    /// This, seen from where `other` refers to it.
    pub(super) fn from(self, other: Self) -> Result<Self, WsdlError> {
        if other.depth == DEEPEST {
            let what = "groups and types go into each other more than 128 deep here, or in circles";
            return Err(other.node.wrong(what));
        }
        Ok(Self { depth: other.depth + 1, ..self })
    }

    /// Its first child of one of these names.
    pub(super) fn child(self, names: &[&str]) -> Result<Option<Self>, WsdlError> {
        let found = self.node.children().find(|child| child.namespace() == XS && names.contains(&child.local()));
        found.map(|node| self.inside(node)).transpose()
    }

    /// Its children that belong to XML Schema.
    pub(super) fn children(self) -> impl Iterator<Item = Result<Self, WsdlError>> + 'a {
        self.node.children().filter(|child| child.namespace() == XS).map(move |node| self.inside(node))
    }

    /// The type that it holds.
    pub(super) fn anonymous_type(self) -> Option<Self> {
        let found = |child: &Node<'a>| child.namespace() == XS && matches!(child.local(), "complexType" | "simpleType");
        self.node.children().find(found).map(|node| self.root(node))
    }

    /// The name in an attribute.
    pub(super) fn name_in(self, attribute: &str) -> Result<Option<QName>, WsdlError> {
        Ok(self.node.name_in(attribute)?.map(|name| self.own(name)))
    }

    /// A name as it is meant here.
    pub(super) fn own(self, mut name: QName) -> QName {
        if self.scope.chameleon && name.namespace.is_empty() {
            self.scope.namespace.clone_into(&mut name.namespace);
        }
        name
    }

    /// The name of a local element.
    pub(super) fn element_name(self) -> Result<QName, WsdlError> {
        self.local_name(self.scope.elements)
    }

    /// The name of a local attribute.
    pub(super) fn attribute_name(self) -> Result<QName, WsdlError> {
        self.local_name(self.scope.attributes)
    }

    fn local_name(self, default: Form) -> Result<QName, WsdlError> {
        let form = self.node.attribute("form").map_or(default, |form| Form::of(Some(form)));
        let namespace = if form == Form::Qualified { self.scope.namespace } else { "" };
        Ok(QName::new(namespace, self.node.required("name")?.trim()))
    }

    /// `minOccurs` and `maxOccurs`, where `None` is `unbounded`.
    pub(super) fn occurs(self) -> Result<(u32, Option<u32>), WsdlError> {
        let min = self.count("minOccurs")?;
        let max = match self.node.attribute("maxOccurs").map(str::trim) {
            Some("unbounded") => None,
            _ => Some(self.count("maxOccurs")?),
        };
        Ok((min, max))
    }

    fn count(self, attribute: &str) -> Result<u32, WsdlError> {
        let Some(value) = self.node.attribute(attribute).map(str::trim) else { return Ok(1) };
        if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.node.wrong(format!("`{attribute}` is `{value}`, which is no number")));
        }
        // More than that is as good as that.
        Ok(value.parse().unwrap_or(u32::MAX))
    }
}
