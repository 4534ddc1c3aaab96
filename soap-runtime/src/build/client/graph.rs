//! What follows from how items refer to each other: where a `Box` is needed, and what can be derived.

use std::collections::HashSet;

use super::model::{Field, Id, Item, Known, Role, Shape, Ty};

/// All items of a module.
pub(super) struct Items {
    items: Vec<Item>,
}

impl Items {
    /// Puts what holds itself into a `Box`, so that it has a size.
    pub(super) fn new(mut items: Vec<Item>) -> Self {
        let edges: Vec<Vec<Id>> = items.iter().map(direct).collect();
        for (at, item) in items.iter_mut().enumerate() {
            let (Shape::Struct { fields, .. } | Shape::Choice(fields)) = &mut item.shape else { continue };
            for field in fields.iter_mut().filter(|field| field.role == Role::Element) {
                if field.ty.direct().is_some_and(|target| reaches(&edges, target, Id(at))) {
                    boxed(&mut field.ty);
                }
            }
        }
        Self { items }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Id, &Item)> {
        self.items.iter().enumerate().map(|(at, item)| (Id(at), item))
    }

    pub(super) fn get(&self, id: Id) -> &Item {
        &self.items[id.0]
    }

    /// Whether it has a value that stands for none.
    pub(super) fn has_default(&self, id: Id) -> bool {
        self.defaults(id, &mut HashSet::new())
    }

    fn defaults(&self, id: Id, seen: &mut HashSet<Id>) -> bool {
        if !seen.insert(id) {
            return true;
        }
        match &self.get(id).shape {
            Shape::Struct { fields, is_abstract: _ } | Shape::Output(fields) => fields.iter().all(|field| {
                let may_be_left_out = matches!(field.ty, Ty::Option(_) | Ty::Vec(_));
                may_be_left_out || field.facets.is_empty() && self.type_defaults(&field.ty, seen)
            }),
            // None of their values is more than another, and zero may break a rule.
            Shape::Choice(_) | Shape::Words(_) | Shape::Family { .. } | Shape::Newtype { .. } => false,
        }
    }

    fn type_defaults(&self, ty: &Ty, seen: &mut HashSet<Id>) -> bool {
        match ty {
            Ty::Option(_) | Ty::Vec(_) | Ty::Nillable(_) => true,
            Ty::Known(known) => !matches!(known, Known::Date | Known::DateTime | Known::Time | Known::Gregorian(_)),
            Ty::Item(id) => self.defaults(*id, seen),
            Ty::Box(inner) => self.type_defaults(inner, seen),
        }
    }

    /// Whether two values can be compared: spans of time cannot.
    pub(super) fn is_comparable(&self, id: Id) -> bool {
        let (mut seen, mut next) = (HashSet::from([id]), vec![id]);
        while let Some(id) = next.pop() {
            for ty in types(&self.get(id).shape) {
                match innermost(&ty) {
                    Ty::Known(Known::Duration) => return false,
                    Ty::Item(inner) if seen.insert(inner) => next.push(inner),
                    _ => {}
                }
            }
        }
        true
    }
}

fn types(shape: &Shape) -> Vec<Ty> {
    match shape {
        Shape::Struct { fields, .. } | Shape::Output(fields) | Shape::Choice(fields) => {
            fields.iter().map(|field| field.ty.clone()).collect()
        }
        Shape::Words(_) => Vec::new(),
        Shape::Newtype { ty, .. } => vec![ty.clone()],
        Shape::Family { members, .. } => members.iter().map(|id| Ty::Item(*id)).collect(),
    }
}

fn innermost(ty: &Ty) -> Ty {
    match ty {
        Ty::Option(inner) | Ty::Vec(inner) | Ty::Nillable(inner) | Ty::Box(inner) => innermost(inner),
        other => other.clone(),
    }
}

/// The items whose size is part of that of this one.
fn direct(item: &Item) -> Vec<Id> {
    let of = |field: &Field| field.ty.direct();
    match &item.shape {
        Shape::Struct { fields, .. } | Shape::Output(fields) | Shape::Choice(fields) => {
            fields.iter().filter_map(of).collect()
        }
        Shape::Words(_) => Vec::new(),
        Shape::Newtype { ty, .. } => ty.direct().into_iter().collect(),
        Shape::Family { members, .. } => members.clone(),
    }
}

fn reaches(edges: &[Vec<Id>], from: Id, to: Id) -> bool {
    let (mut seen, mut next) = (HashSet::from([from]), vec![from]);
    while let Some(id) = next.pop() {
        if id == to {
            return true;
        }
        next.extend(edges[id.0].iter().filter(|id| seen.insert(**id)));
    }
    false
}

fn boxed(ty: &mut Ty) {
    match ty {
        Ty::Option(inner) | Ty::Nillable(inner) => boxed(inner),
        Ty::Item(_) => *ty = Ty::Box(Box::new(ty.clone())),
        Ty::Known(_) | Ty::Vec(_) | Ty::Box(_) => {}
    }
}
