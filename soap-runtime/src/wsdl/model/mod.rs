//! What a WSDL 1.1 document says, with all that it imports: plain owned data, from whatever tool it comes.
//!
//! Names are resolved: nothing here has a prefix, a `ref` or a group any more. What this project cannot
//! speak (rpc/encoded, say) is kept as a reason in [`Operation::unsupported`], so that the rest can be used.

mod types;

use std::collections::BTreeMap;
use std::fmt;

use crate::envelope::Version;

pub(crate) use types::{
    Attribute, Complex, Content, Element, Facet, Group, GroupKind, Particle, Simple, Type, TypeKind, TypeRef, Variety,
};

/// A name in a namespace, which is empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct QName {
    pub(crate) namespace: String,
    pub(crate) local: String,
}

impl QName {
    pub(crate) fn new(namespace: impl Into<String>, local: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), local: local.into() }
    }
}

/// `{namespace}local`, or the local name alone.
impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace.as_str() {
            "" => f.write_str(&self.local),
            namespace => write!(f, "{{{namespace}}}{}", self.local),
        }
    }
}

/// `wsdl:definitions` and what it imports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Definitions {
    pub(crate) namespace: String,
    /// `wsdl:documentation` of the whole document.
    pub(crate) docs: String,
    /// In the order of the document.
    pub(crate) services: Vec<Service>,
    /// All types with names, and those of elements, by name.
    pub(crate) types: BTreeMap<QName, Type>,
    /// All elements of the schemas that stand on their own.
    pub(crate) elements: BTreeMap<QName, Element>,
}

/// `wsdl:service`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) name: QName,
    pub(crate) docs: String,
    /// Those that speak SOAP over HTTP; others are left out.
    pub(crate) ports: Vec<Port>,
}

/// `wsdl:port`, with what its binding and its port type say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Port {
    pub(crate) name: String,
    /// The names of the binding and of the port type.
    pub(crate) binding: QName,
    pub(crate) port_type: QName,
    /// `soap:address`, as it stands there.
    pub(crate) address: String,
    pub(crate) version: Version,
    /// In the order of the port type.
    pub(crate) operations: Vec<Operation>,
}

/// One operation as this port speaks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// `soapAction`, empty if there is none.
    pub(crate) action: String,
    pub(crate) input: Message,
    /// `None`: the caller gets no answer.
    pub(crate) output: Option<Message>,
    pub(crate) faults: Vec<FaultMessage>,
    /// Why it cannot be called from here, in words that go on from its name.
    pub(crate) unsupported: Option<String>,
}

/// What one message holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) body: Body,
    /// Header blocks that the binding names.
    pub(crate) headers: Vec<Element>,
}

/// What stands in the Body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// Document/literal wrapped: an element that is nothing but a sequence of elements.
    Wrapped { element: QName, parts: Vec<Element> },
    /// Document/literal: an element that is the one argument itself.
    Bare(Element),
    /// Rpc/literal: an element named in the binding, with an element in no namespace for each part.
    Rpc { element: QName, parts: Vec<Element> },
}

impl Body {
    /// The arguments or outputs, whatever the style.
    pub(crate) fn parts(&self) -> &[Element] {
        match self {
            Self::Empty => &[],
            Self::Wrapped { parts, .. } | Self::Rpc { parts, .. } => parts,
            Self::Bare(element) => std::slice::from_ref(element),
        }
    }

    /// The name of the element in the Body.
    pub(crate) fn element(&self) -> Option<&QName> {
        match self {
            Self::Empty => None,
            Self::Wrapped { element, .. } | Self::Rpc { element, .. } => Some(element),
            Self::Bare(element) => Some(&element.name),
        }
    }
}

/// A fault that an operation declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FaultMessage {
    /// `wsdl:fault/@name`.
    pub(crate) name: String,
    pub(crate) docs: String,
    /// The element in its detail.
    pub(crate) detail: Option<Element>,
}

impl Definitions {
    /// What a reference stands for; `None` for a built-in type, and for one that is missing.
    pub(crate) fn find<'a>(&'a self, reference: &'a TypeRef) -> Option<&'a Type> {
        match reference {
            TypeRef::Builtin(_) => None,
            TypeRef::Named(name) => self.types.get(name),
            TypeRef::Anonymous(anonymous) => Some(anonymous),
        }
    }

    /// The built-in type that the text of a value of this type is in, if its whole content is one text:
    /// `string`, also for lists and unions.
    #[cfg(feature = "cli")]
    pub(crate) fn builtin<'a>(&'a self, reference: &'a TypeRef) -> Option<&'a str> {
        // Types that go round in circles are no types; the bound is for such documents.
        const MOST: usize = 64;
        let mut reference = reference;
        for _ in 0..MOST {
            match reference {
                TypeRef::Builtin(name) => return (name != "anyType").then_some(name),
                _ => match &self.find(reference)?.kind {
                    TypeKind::Simple(simple) => match &simple.variety {
                        Variety::Restriction(base) => reference = base,
                        Variety::List(_) | Variety::Union(_) => return Some("string"),
                    },
                    TypeKind::Complex(_) => return None,
                },
            }
        }
        None
    }

    /// All ports, each with its service.
    pub(crate) fn ports(&self) -> impl Iterator<Item = (&Service, &Port)> {
        self.services.iter().flat_map(|service| service.ports.iter().map(move |port| (service, port)))
    }
}
