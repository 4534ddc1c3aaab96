//! Values that are of a type or of one that extends it.

use super::content;
use super::docs::{Docs, quoted};
use super::model::{Id, Shape, Ty};
use super::types::{Resolved, Types};
use crate::wsdl::model::{Complex, QName, TypeKind};

impl Types<'_> {
    /// What an element of the type `name` holds, which others extend.
    pub(super) fn family(&mut self, name: &QName) -> Resolved {
        if let Some(known) = self.known_family(name) {
            return known;
        }
        let resolved = match self.why_no_family(name) {
            Some(reason) => Resolved::any_xml(&reason),
            None => {
                let id = self.reserve(&format!("Any{}", super::names::type_name(&name.local)));
                let resolved = Resolved::from(Ty::Item(id));
                // Before its members, for they may hold others of it.
                self.remember_family(name, &resolved);
                self.fill_family(id, name);
                resolved
            }
        };
        self.remember_family(name, &resolved);
        resolved
    }

    fn fill_family(&mut self, id: Id, name: &QName) {
        let base_is_abstract = self.is_abstract(name);
        let mut members: Vec<QName> = self.descendants(name);
        members.retain(|member| !self.is_abstract(member));
        if !base_is_abstract {
            members.insert(0, name.clone());
        }
        let base = self.item_of(name).filter(|_| base_is_abstract);
        let members = members.iter().filter_map(|member| self.item_of(member)).collect();
        self.set(id, |item| {
            item.docs = Docs::default();
            item.docs.add(&format!("{}, or what extends it.", quoted(&name.local)));
            item.shape = Shape::Family { base, members };
        });
    }

    fn item_of(&mut self, name: &QName) -> Option<Id> {
        if let Ty::Item(id) = self.named(name).ty { Some(id) } else { None }
    }

    pub(super) fn is_abstract(&self, name: &QName) -> bool {
        self.complex_of(name).is_some_and(|complex| complex.is_abstract)
    }

    fn complex_of(&self, name: &QName) -> Option<&Complex> {
        match &self.definitions.types.get(name)?.kind {
            TypeKind::Complex(complex) => Some(complex),
            TypeKind::Simple(_) => None,
        }
    }

    fn why_no_family(&self, name: &QName) -> Option<String> {
        let mut all = self.descendants(name);
        if self.is_abstract(name) && all.iter().all(|member| self.is_abstract(member)) {
            return Some(format!("{} is abstract, and nothing extends it", quoted(&name.local)));
        }
        all.push(name.clone());
        all.iter().find_map(|member| {
            let Some(complex) = self.complex_of(member) else {
                return Some(format!("the type {} is nowhere", quoted(&member.to_string())));
            };
            let line = content::line(self.definitions, complex).ok()?;
            match content::text_of(&line) {
                Some(_) => Some(format!("it is a text with attributes, which {} adds to", quoted(&member.local))),
                None => self
                    .why_any_xml(complex)
                    .map(|reason| format!("it may be a {}, and {reason}", quoted(&member.local))),
            }
        })
    }
}
