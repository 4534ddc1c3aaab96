//! From the types of a WSDL to items: each named type once, those without a name by their place.

use std::collections::{BTreeMap, HashMap};

use super::builtin;
use super::docs::{Docs, quoted};
use super::facets::Facets;
use super::model::{Id, Item, Known, Shape, Ty, Word};
use super::names::{self, Names};
use crate::wsdl::model::{Complex, Definitions, Facet, QName, Simple, Type, TypeKind, TypeRef, Variety};

/// Where a type without a name stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// A name for what stands there: `OrderItem`.
    pub(super) name: String,
    /// The namespace of the schema that it is in.
    pub(super) namespace: String,
}

/// What a reference to a type has become.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) ty: Ty,
    /// What its values have to keep to here.
    pub(super) facets: Facets,
    /// What is to be said of it where it is used.
    pub(super) sentence: Option<String>,
}

impl From<Ty> for Resolved {
    fn from(ty: Ty) -> Self {
        Self { ty, facets: Facets::default(), sentence: None }
    }
}

impl Resolved {
    pub(super) fn any_xml(reason: &str) -> Self {
        Self { sentence: Some(format!("Any XML: {reason}.")), ..Self::from(Ty::ANY_XML) }
    }
}

/// All types, as far as something has asked for them.
pub(super) struct Types<'d> {
    pub(super) definitions: &'d Definitions,
    /// The namespace that types need not say.
    service_namespace: Option<String>,
    /// Whether elements of that one have none where they stand in others.
    pub(super) is_unqualified: bool,
    pub(super) names: Names,
    pub(super) items: Vec<Item>,
    named: HashMap<QName, Resolved>,
    families: HashMap<QName, Resolved>,
    /// For each type, those that extend it themselves.
    derived: BTreeMap<QName, Vec<QName>>,
    /// What could not be said as it is, for `cargo::warning`.
    pub(super) losses: Vec<String>,
}

impl<'d> Types<'d> {
    pub(super) fn new(
        definitions: &'d Definitions,
        service_namespace: Option<String>,
        is_unqualified: bool,
        names: Names,
    ) -> Self {
        let mut derived: BTreeMap<QName, Vec<QName>> = BTreeMap::new();
        for (name, ty) in &definitions.types {
            if let TypeKind::Complex(Complex { base: Some(base), .. }) = &ty.kind {
                derived.entry(base.clone()).or_default().push(name.clone());
            }
        }
        Self {
            definitions,
            service_namespace,
            is_unqualified,
            names,
            items: Vec::new(),
            named: HashMap::new(),
            families: HashMap::new(),
            derived,
            losses: Vec::new(),
        }
    }

    /// The type of an element.
    pub(super) fn of_element(&mut self, reference: &TypeRef, place: &Place) -> Resolved {
        match reference {
            TypeRef::Named(name) if self.derived.contains_key(name) || self.is_abstract(name) => self.family(name),
            _ => self.of(reference, place),
        }
    }

    /// A type by itself, without what extends it.
    pub(super) fn of(&mut self, reference: &TypeRef, place: &Place) -> Resolved {
        match reference {
            TypeRef::Builtin(name) => {
                let (ty, sentence) = builtin::of(name);
                Resolved { sentence: sentence.map(str::to_owned), ..Resolved::from(ty) }
            }
            TypeRef::Named(name) => self.named(name),
            TypeRef::Anonymous(ty) => match &ty.kind {
                TypeKind::Simple(simple) => self.simple(simple, &ty.docs, place, None),
                TypeKind::Complex(complex) => match self.why_any_xml(complex) {
                    Some(reason) => Resolved::any_xml(&reason),
                    None => {
                        let id = self.reserve(&place.name);
                        self.complex(id, complex, ty, &place.name, &place.namespace)
                    }
                },
            },
        }
    }

    pub(super) fn named(&mut self, name: &QName) -> Resolved {
        if let Some(resolved) = self.named.get(name) {
            return resolved.clone();
        }
        let definitions = self.definitions;
        let place = Place { name: name.local.clone(), namespace: name.namespace.clone() };
        let Some(ty) = definitions.types.get(name) else {
            return Resolved::any_xml(&format!("the type {} is nowhere", quoted(&name.to_string())));
        };
        let resolved = match &ty.kind {
            TypeKind::Simple(simple) => {
                // What restricts itself is no type.
                self.named.insert(name.clone(), Resolved::any_xml("it is made of itself"));
                self.simple(simple, &ty.docs, &place, Some(name))
            }
            TypeKind::Complex(complex) => match self.why_any_xml(complex) {
                Some(reason) => Resolved::any_xml(&reason),
                None => {
                    let id = self.reserve(&name.local);
                    // Before what it is made of, for that may be itself.
                    self.named.insert(name.clone(), Ty::Item(id).into());
                    self.complex(id, complex, ty, &name.local, &name.namespace)
                }
            },
        };
        self.named.insert(name.clone(), resolved.clone());
        resolved
    }

    /// Room for an item, whose name is chosen now so that those of what is in it come later.
    pub(super) fn reserve(&mut self, wire: &str) -> Id {
        let name = self.names.unique(&names::type_name(wire));
        self.items.push(Item {
            name,
            docs: Docs::default(),
            wire: wire.to_owned(),
            namespace: None,
            is_unqualified: false,
            shape: Shape::Words(Vec::new()),
        });
        Id(self.items.len() - 1)
    }

    pub(super) fn set(&mut self, id: Id, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(id.0) {
            change(item);
        }
    }

    pub(super) fn item(&self, id: Id) -> Option<&Item> {
        self.items.get(id.0)
    }

    /// What a type in `namespace` has to say of it.
    pub(super) fn said_namespace(&self, namespace: &str) -> Option<String> {
        let is_that_of_the_service = self.service_namespace.as_deref() == Some(namespace);
        (!is_that_of_the_service && !namespace.is_empty()).then(|| namespace.to_owned())
    }

    /// The namespace of elements that say none, in a type that says `namespace`.
    pub(super) fn of_inner_elements(&self, namespace: Option<&str>, is_unqualified: bool) -> String {
        match namespace {
            _ if is_unqualified => String::new(),
            Some(namespace) => namespace.to_owned(),
            None if self.is_unqualified => String::new(),
            None => self.service_namespace.clone().unwrap_or_default(),
        }
    }

    /// The types that extend `name`, and those that extend these.
    pub(super) fn descendants(&self, name: &QName) -> Vec<QName> {
        let mut found: Vec<QName> = Vec::new();
        let mut next = vec![name.clone()];
        while let Some(name) = next.pop() {
            for derived in self.derived.get(&name).into_iter().flatten() {
                if !found.contains(derived) {
                    found.push(derived.clone());
                    next.push(derived.clone());
                }
            }
        }
        found.sort();
        found
    }

    pub(super) fn is_extended(&self, name: &QName) -> bool {
        self.derived.contains_key(name)
    }

    pub(super) fn known_family(&self, name: &QName) -> Option<Resolved> {
        self.families.get(name).cloned()
    }

    pub(super) fn remember_family(&mut self, name: &QName, resolved: &Resolved) {
        self.families.insert(name.clone(), resolved.clone());
    }

    /// What is one text.
    fn simple(&mut self, simple: &Simple, docs: &str, place: &Place, name: Option<&QName>) -> Resolved {
        let base = match &simple.variety {
            Variety::Restriction(base) => base,
            Variety::List(items) => {
                let of = text_of(items);
                return Resolved {
                    sentence: Some(format!("A list with spaces between its items, {of}.")),
                    ..Ty::STRING.into()
                };
            }
            Variety::Union(members) => {
                let of: Vec<_> = members.iter().map(text_of).collect();
                return Resolved {
                    sentence: Some(format!("A text that is {}.", of.join(", or "))),
                    ..Ty::STRING.into()
                };
            }
        };
        let base = self.of(base, place);
        let words: Vec<&Facet> = simple.facets.iter().filter(|facet| facet.name == "enumeration").collect();
        let is_text = self.known_of(&base.ty) == Some(Known::String);
        if !words.is_empty() && (is_text || self.is_words(&base.ty)) && base.sentence.is_none() {
            return Ty::Item(self.words(&words, docs, place)).into();
        }
        let Some(known) = self.known_of(&base.ty) else { return base };
        let mut facets = Facets::of(&simple.facets, known);
        if !words.is_empty() {
            let words: Vec<_> = words.iter().map(|word| quoted(&word.value)).collect();
            facets.sentences.push(format!("One of {}.", words.join(", ")));
        }
        match name {
            // What a newtype says is said once, and its values are checked wherever they are.
            Some(name) if !facets.is_empty() => {
                let id = self.reserve(&name.local);
                let namespace = self.said_namespace(&name.namespace);
                let docs = Docs::of(docs).with(base.sentence.into_iter().chain(std::mem::take(&mut facets.sentences)));
                let inner = merged(base.facets, facets);
                self.set(id, |item| {
                    (item.docs, item.namespace) = (docs, namespace);
                    item.shape = Shape::Newtype { ty: base.ty, facets: inner };
                });
                Ty::Item(id).into()
            }
            _ => Resolved { ty: base.ty, facets: merged(base.facets, facets), sentence: base.sentence },
        }
    }

    fn words(&mut self, words: &[&Facet], docs: &str, place: &Place) -> Id {
        let id = self.reserve(&place.name);
        let mut names = Names::default();
        let mut all: Vec<Word> = Vec::new();
        for facet in words {
            if all.iter().all(|known| known.wire != facet.value) {
                let name = names.unique(&names::variant_name(&facet.value));
                all.push(Word { name, wire: facet.value.clone(), docs: Docs::of(&facet.docs) });
            }
        }
        let namespace = self.said_namespace(&place.namespace);
        self.set(id, |item| {
            (item.docs, item.namespace, item.shape) = (Docs::of(docs), namespace, Shape::Words(all));
        });
        id
    }

    fn is_words(&self, ty: &Ty) -> bool {
        let item = if let Ty::Item(id) = ty { self.item(*id) } else { None };
        item.is_some_and(|item| matches!(item.shape, Shape::Words(_)))
    }

    /// What the text of a simple type is in the end.
    pub(super) fn known_of(&self, ty: &Ty) -> Option<Known> {
        match ty {
            Ty::Known(Known::AnyXml) => None,
            Ty::Known(known) => Some(*known),
            Ty::Item(id) => match &self.item(*id)?.shape {
                Shape::Newtype { ty, .. } => self.known_of(ty),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a type is one text, so that it can be an attribute.
    pub(super) fn is_simple(&self, ty: &Ty) -> bool {
        self.known_of(ty).is_some() || self.is_words(ty)
    }

    /// A complex type as an item; `ty` has its docs.
    fn complex(&mut self, id: Id, complex: &Complex, ty: &Type, wire: &str, namespace: &str) -> Resolved {
        self.fill(id, complex, Docs::of(&ty.docs), wire, namespace);
        Ty::Item(id).into()
    }
}

/// What a type of text is called, in a sentence.
fn text_of(reference: &TypeRef) -> String {
    match reference {
        TypeRef::Builtin(name) => format!("of the type {}", quoted(name)),
        TypeRef::Named(name) => format!("of the type {}", quoted(&name.local)),
        TypeRef::Anonymous(ty) => match &ty.kind {
            TypeKind::Simple(Simple { facets, .. }) if facets.iter().any(|facet| facet.name == "enumeration") => {
                let words = facets.iter().filter(|facet| facet.name == "enumeration");
                format!("one of {}", words.map(|word| quoted(&word.value)).collect::<Vec<_>>().join(", "))
            }
            _ => "of a type without a name".to_owned(),
        },
    }
}

/// Those of both, the inner ones where both say the same.
fn merged(mut outer: Facets, inner: Facets) -> Facets {
    outer.keys.retain(|(key, _)| inner.keys.iter().all(|(other, _)| other != key));
    outer.keys.extend(inner.keys);
    outer.sentences.extend(inner.sentences);
    outer
}
