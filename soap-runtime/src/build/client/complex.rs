//! Complex types as structs and enums.

use super::builtin;
use super::content::{self, Entry, Occurring};
use super::docs::{Docs, quoted};
use super::facets::Facets;
use super::model::{Field, Id, Item, Known, Role, Shape, Ty};
use super::names::{self, Names};
use super::types::{Place, Resolved, Types};
use crate::wsdl::model::{Attribute, Complex, Element, TypeRef};

/// A type whose fields are being made.
pub(super) struct Owner<'n> {
    /// Its name in the schema; names of what has none are made from it.
    pub(super) wire: &'n str,
    pub(super) namespace: &'n str,
    /// That of elements which say none.
    pub(super) inner: String,
}

impl Types<'_> {
    pub(super) fn why_any_xml(&self, complex: &Complex) -> Option<String> {
        content::why_any_xml(self.definitions, complex)
    }

    /// Makes of the item `id` what `complex` says, of which is known that it can be said.
    pub(super) fn fill(&mut self, id: Id, complex: &Complex, docs: Docs, wire: &str, namespace: &str) {
        let definitions = self.definitions;
        let line = content::line(definitions, complex).unwrap_or_default();
        let said = self.said_namespace(namespace);
        let mut owner = Owner { wire, namespace, inner: self.of_inner_elements(said.as_deref(), false) };
        let mut docs = docs;
        let (shape, is_unqualified) = match content::text_of(&line) {
            Some(text) => (self.text(text, &line, &owner, &mut docs), false),
            None => {
                let entries = content::entries(&complex.content).unwrap_or_default();
                let is_unqualified = !owner.inner.is_empty() && most_are_unqualified(&entries);
                if is_unqualified {
                    owner.inner.clear();
                }
                (self.elements(complex, &entries, &owner, &mut docs), is_unqualified)
            }
        };
        self.set(id, |item| {
            (item.docs, item.namespace, item.is_unqualified, item.shape) = (docs, said, is_unqualified, shape);
        });
    }

    fn text(&mut self, text: &TypeRef, line: &[&Complex], owner: &Owner<'_>, docs: &mut Docs) -> Shape {
        let place = Place { name: format!("{}Value", owner.wire), namespace: owner.namespace.to_owned() };
        let Resolved { ty, mut facets, sentence } = self.of(text, &place);
        // Facets of a text are those of its type, and this one has no name.
        facets.keys.clear();
        let ty = builtin::of_attribute(ty);
        let mut names = Names::default();
        let text = Field {
            name: names.unique("value"),
            wire: "value".to_owned(),
            docs: Docs::default().with(sentence.into_iter().chain(std::mem::take(&mut facets.sentences))),
            role: Role::Text,
            ty,
            facets,
            namespace: None,
            default: None,
        };
        let mut fields = vec![text];
        for complex in line.iter().rev() {
            self.add_attributes(&mut fields, complex, owner, &mut names, docs);
        }
        Shape::Struct { fields, is_abstract: false }
    }

    fn elements(&mut self, complex: &Complex, entries: &[Entry<'_>], owner: &Owner<'_>, docs: &mut Docs) -> Shape {
        if let ([Entry::Choice { elements, is_optional: false, is_repeated: false }], None, [], false) =
            (entries, &complex.base, &complex.attributes[..], complex.any_attribute || complex.is_abstract)
            && !self.is_extended_by_name(owner)
        {
            return Shape::Choice(self.variants(elements, owner));
        }
        let (mut fields, mut names) = (Vec::new(), Names::default());
        if let Some(base) = &complex.base {
            let ty = self.named(base).ty;
            let name = names.unique("base");
            fields.push(plain_field(name, Role::Extends, ty, Docs::default()));
        }
        for entry in entries {
            let field = match entry {
                Entry::Element(occurring) => self.element_field(*occurring, owner, &mut names),
                Entry::Choice { elements, is_optional, is_repeated } => {
                    let choice = Ty::Item(self.choice(elements, owner));
                    let ty = match (is_repeated, is_optional) {
                        (true, _) => choice.vec(),
                        (false, true) => choice.option(),
                        (false, false) => choice,
                    };
                    plain_field(names.unique("choice"), Role::Flatten, ty, Docs::default())
                }
            };
            fields.push(field);
        }
        self.add_attributes(&mut fields, complex, owner, &mut names, docs);
        Shape::Struct { fields, is_abstract: complex.is_abstract }
    }

    fn is_extended_by_name(&self, owner: &Owner<'_>) -> bool {
        self.is_extended(&crate::wsdl::model::QName::new(owner.namespace, owner.wire))
    }

    /// A choice among other fields, as a type of its own.
    fn choice(&mut self, elements: &[&Element], owner: &Owner<'_>) -> Id {
        let id = self.reserve(&format!("{}Choice", owner.wire));
        let variants = self.variants(elements, owner);
        let (namespace, is_unqualified) = (self.said_namespace(owner.namespace), self.is_unqualified_here(owner));
        self.set(id, |item| {
            item.docs = Docs::of("One of several elements.");
            (item.namespace, item.is_unqualified, item.shape) = (namespace, is_unqualified, Shape::Choice(variants));
        });
        id
    }

    fn is_unqualified_here(&self, owner: &Owner<'_>) -> bool {
        let said = self.said_namespace(owner.namespace);
        owner.inner.is_empty() && !self.of_inner_elements(said.as_deref(), false).is_empty()
    }

    fn variants(&mut self, elements: &[&Element], owner: &Owner<'_>) -> Vec<Field> {
        let mut names = Names::default();
        let variant = |element: &&Element| {
            let field = Occurring { element, min: 1, max: Some(1), is_alternative: false };
            let mut field = self.element_field(field, owner, &mut Names::default());
            field.name = names.unique(&names::variant_name(&element.name.local));
            field
        };
        elements.iter().map(variant).collect()
    }

    /// An element as a field or a parameter.
    pub(super) fn element_field(&mut self, occurring: Occurring<'_>, owner: &Owner<'_>, names: &mut Names) -> Field {
        let Occurring { element, min, max, .. } = occurring;
        let local = &element.name.local;
        let place =
            Place { name: format!("{}{}", owner.wire, names::type_name(local)), namespace: owner.namespace.to_owned() };
        let Resolved { ty, mut facets, sentence } = self.of_element(&element.ty, &place);
        if let Some(reason) = sentence.as_ref().filter(|_| ty == Ty::ANY_XML && element.ty != TypeRef::default()) {
            self.losses.push(format!("{} in {}: {}", quoted(local), quoted(owner.wire), plain(reason)));
        }
        let ty = if max == Some(1) { ty } else { in_list(ty) };
        let ty = match (max, min, element.nillable) {
            (Some(1), 0, _) => ty.option(),
            (Some(1), _, true) => Ty::Nillable(Box::new(ty)),
            (Some(1), _, false) => ty,
            (_, _, true) => ty.option().vec(),
            (_, _, false) => ty.vec(),
        };
        let sentences = sentence.into_iter().chain(std::mem::take(&mut facets.sentences));
        let sentences = sentences.chain(how_many(min, max)).chain(default_of(element.default.as_deref()));
        Field {
            name: names.unique(&names::value_name(local)),
            wire: local.clone(),
            docs: Docs::of(&element.docs).with(sentences),
            role: Role::Element,
            ty,
            facets,
            namespace: (element.name.namespace != owner.inner).then(|| element.name.namespace.clone()),
            default: None,
        }
    }

    fn add_attributes(
        &mut self,
        fields: &mut Vec<Field>,
        complex: &Complex,
        owner: &Owner<'_>,
        names: &mut Names,
        docs: &mut Docs,
    ) {
        for attribute in &complex.attributes {
            match attribute.name.namespace.is_empty() {
                true => fields.push(self.attribute(attribute, owner, names)),
                false => {
                    let name = quoted(&attribute.name.to_string());
                    self.losses.push(format!("the attribute {name} of {} is passed over", quoted(owner.wire)));
                    docs.add(&format!("Its attribute {name} is passed over, for it has a namespace."));
                }
            }
        }
        if complex.any_attribute {
            docs.add("Other attributes may stand there, and are passed over.");
        }
    }

    fn attribute(&mut self, attribute: &Attribute, owner: &Owner<'_>, names: &mut Names) -> Field {
        let Attribute { name, docs, ty, required, default } = attribute;
        let place = Place {
            name: format!("{}{}", owner.wire, names::type_name(&name.local)),
            namespace: owner.namespace.to_owned(),
        };
        let Resolved { ty, mut facets, sentence } = self.of(ty, &place);
        let ty = if self.is_simple(&ty) { ty } else { builtin::of_attribute(Ty::ANY_XML) };
        let sentence = sentence.filter(|_| ty != Ty::STRING || !facets.is_empty());
        let expression = default.as_deref().and_then(|default| self.expression(default, &ty));
        let told = default.as_deref().filter(|_| expression.is_none());
        let sentences = sentence.into_iter().chain(std::mem::take(&mut facets.sentences)).chain(default_of(told));
        let ty = if *required || expression.is_some() { ty } else { ty.option() };
        Field {
            name: names.unique(&names::value_name(&name.local)),
            wire: name.local.clone(),
            docs: Docs::of(docs).with(sentences),
            role: Role::Attribute,
            ty,
            facets,
            namespace: None,
            default: expression,
        }
    }

    /// The default of an attribute as Rust says it, where it has words for it.
    fn expression(&self, default: &str, ty: &Ty) -> Option<String> {
        match ty {
            Ty::Known(Known::String) => Some(format!("{default:?}.to_owned()")),
            Ty::Known(Known::Bool) => match default.trim() {
                "true" | "1" => Some("true".to_owned()),
                "false" | "0" => Some("false".to_owned()),
                _ => None,
            },
            Ty::Known(Known::Integer(spelt)) => super::facets::integer(default.trim(), spelt),
            Ty::Known(Known::Float(_)) => super::facets::float(default.trim()),
            Ty::Item(id) => {
                let Item { name, shape: Shape::Words(words), .. } = self.item(*id)? else { return None };
                let word = words.iter().find(|word| word.wire == default)?;
                Some(format!("{}::{}", names::ident(name), names::ident(&word.name)))
            }
            _ => None,
        }
    }
}

/// `Vec<u8>` is no list of numbers, but bytes.
fn in_list(ty: Ty) -> Ty {
    if ty == Ty::Known(Known::Integer("u8")) { Ty::Known(Known::Integer("u16")) } else { ty }
}

/// A field that has no element of its own.
fn plain_field(name: String, role: Role, ty: Ty, docs: Docs) -> Field {
    Field { wire: name.clone(), name, docs, role, ty, facets: Facets::default(), namespace: None, default: None }
}

fn most_are_unqualified(entries: &[Entry<'_>]) -> bool {
    let elements: Vec<_> = entries.iter().flat_map(content::elements).collect();
    let without = elements.iter().filter(|element| element.name.namespace.is_empty()).count();
    2 * without > elements.len()
}

fn how_many(min: u32, max: Option<u32>) -> Option<String> {
    match (min, max) {
        (_, Some(0 | 1)) | (0 | 1, None) => None,
        (min, None) => Some(format!("At least {min} of them.")),
        (0 | 1, Some(max)) => Some(format!("At most {max} of them.")),
        (min, Some(max)) if min == max => Some(format!("Just {max} of them.")),
        (min, Some(max)) => Some(format!("From {min} to {max} of them.")),
    }
}

fn default_of(default: Option<&str>) -> Option<String> {
    default.map(|default| match default {
        "" => "Default: empty.".to_owned(),
        default => format!("Default: {}.", quoted(default)),
    })
}

/// A sentence of ours within another one.
fn plain(sentence: &str) -> String {
    let mut rest = sentence.trim_end_matches('.').chars();
    rest.next().into_iter().flat_map(char::to_lowercase).chain(rest).collect()
}
