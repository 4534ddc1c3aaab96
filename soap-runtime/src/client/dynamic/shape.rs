//! What a value of a type looks like: a text, a structure, or anything.

use super::simple::Simple;
use crate::wsdl::model::{
    Attribute, Complex, Content, Definitions, Element, Group, GroupKind, Particle, QName, TypeKind, TypeRef,
};

/// Types that go round in circles are no types; this ends them.
pub(super) const MOST: usize = 64;

/// What a value looks like.
#[derive(Clone, Debug)]
pub(crate) enum Shape<'d> {
    Simple(Simple<'d>),
    Structure(Structure<'d>),
    /// Any XML.
    Any,
}

impl<'d> Shape<'d> {
    /// What is missing in the WSDL may be anything.
    pub(crate) fn of(definitions: &'d Definitions, ty: &'d TypeRef) -> Self {
        if let Some(simple) = Simple::of(definitions, ty) {
            return Self::Simple(simple);
        }
        match definitions.find(ty).map(|found| &found.kind) {
            Some(TypeKind::Complex(complex)) => Self::of_complex(definitions, complex),
            _ => Self::Any,
        }
    }

    /// Text between elements has no place in a structure.
    pub(crate) fn of_complex(definitions: &'d Definitions, complex: &'d Complex) -> Self {
        let structure = Structure::of(definitions, complex);
        if structure.is_mixed { Self::Any } else { Self::Structure(structure) }
    }
}

/// A complex type together with what it extends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Structure<'d> {
    pub(crate) attributes: Vec<&'d Attribute>,
    pub(crate) any_attribute: bool,
    /// Its elements, those of what it extends first.
    pub(crate) groups: Vec<&'d Group>,
    /// Its text, if it has that in place of elements.
    pub(crate) text: Option<&'d TypeRef>,
    pub(crate) is_abstract: bool,
    is_mixed: bool,
}

impl<'d> Structure<'d> {
    fn of(definitions: &'d Definitions, complex: &'d Complex) -> Self {
        let mut structure = Self { is_abstract: complex.is_abstract, ..Self::default() };
        structure.add(definitions, complex, 0);
        structure
    }

    fn add(&mut self, definitions: &'d Definitions, complex: &'d Complex, level: usize) {
        let complex_of = |name: &QName| match definitions.types.get(name).map(|base| &base.kind) {
            Some(TypeKind::Complex(base)) if level < MOST => Some(base),
            _ => None,
        };
        if let Some(base) = complex.base.as_ref().and_then(complex_of) {
            self.add(definitions, base, level + 1);
        }
        match &complex.content {
            Content::Empty => {}
            Content::Elements(group) => self.groups.push(group),
            // A text of a type that is a text with attributes itself.
            Content::Text(TypeRef::Named(name)) if complex_of(name).is_some() => {
                complex_of(name).into_iter().for_each(|base| self.add(definitions, base, level + 1));
            }
            Content::Text(ty) => self.text = Some(ty),
        }
        self.attributes.retain(|old| complex.attributes.iter().all(|new| new.name != old.name));
        self.attributes.extend(&complex.attributes);
        self.any_attribute |= complex.any_attribute;
        self.is_mixed |= complex.mixed;
    }

    /// Its elements, in the order of the schema.
    pub(crate) fn fields(&self) -> Vec<Field<'d>> {
        let mut fields = Fields::default();
        self.groups.iter().for_each(|group| fields.add(group, Around::default()));
        fields.all
    }

    /// The name of its items, if it is nothing but a list.
    pub(super) fn as_list(&self) -> Option<&'d str> {
        match &self.fields()[..] {
            [item] if item.is_many && self.attributes.is_empty() => Some(&item.element.name.local),
            _ => None,
        }
    }

    /// Whether it may hold elements that nobody has described.
    pub(crate) fn has_any(&self) -> bool {
        self.groups.iter().any(|group| has_any(group))
    }

    /// Whether it has an attribute of that name, which `"@name"` then is.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'d Attribute> {
        self.attributes.iter().copied().find(|attribute| attribute.name.local == name)
    }

    /// What says which type it is.
    pub(super) fn type_key(&self) -> &'static str {
        if self.attribute("type").is_some() { "@xsi:type" } else { "@type" }
    }
}

fn has_any(group: &Group) -> bool {
    group.particles.iter().any(|particle| match particle {
        Particle::Any { .. } => true,
        Particle::Group(group) => has_any(group),
        Particle::Element(_) => false,
    })
}

/// An element among others.
#[derive(Clone, Debug)]
pub(crate) struct Field<'d> {
    pub(crate) element: &'d Element,
    /// It may occur several times, and is an array then.
    pub(crate) is_many: bool,
    pub(crate) is_optional: bool,
    /// How many values there must and may be, as far as one can say.
    pub(crate) least: u32,
    pub(crate) most: Option<u32>,
    /// The number of the choice that it is one of.
    pub(crate) choice: Option<usize>,
}

impl<'d> Field<'d> {
    /// One that stands for itself.
    pub(crate) fn of(element: &'d Element) -> Self {
        Self {
            element,
            is_many: element.max != Some(1),
            is_optional: element.min == 0,
            least: element.min,
            most: element.max,
            choice: None,
        }
    }
}

#[derive(Default)]
struct Fields<'d> {
    all: Vec<Field<'d>>,
    choices: usize,
}

/// What the groups around say.
#[derive(Clone, Copy, Default)]
struct Around {
    is_many: bool,
    is_optional: bool,
    choice: Option<usize>,
}

impl<'d> Fields<'d> {
    fn add(&mut self, group: &'d Group, around: Around) {
        let mut inner = Around {
            is_many: around.is_many || group.max != Some(1),
            is_optional: around.is_optional || group.min == 0,
            ..around
        };
        if group.kind == GroupKind::Choice && around.choice.is_none() {
            inner.choice = Some(self.choices);
            self.choices += 1;
        }
        for particle in &group.particles {
            match particle {
                Particle::Element(element) => self.add_element(element, inner),
                Particle::Group(group) => self.add(group, inner),
                Particle::Any { .. } => {}
            }
        }
    }

    /// One that stands in several places is one field with several values, unless only one of the places
    /// can be taken.
    fn add_element(&mut self, element: &'d Element, around: Around) {
        let Around { is_many, is_optional, choice } = around;
        let least = if is_optional { 0 } else { element.min };
        let most = element.max.filter(|_| !is_many);
        let is_many = is_many || element.max != Some(1);
        let is_optional = is_optional || element.min == 0;
        match self.all.iter_mut().find(|field| field.element.name == element.name) {
            Some(field) => {
                field.is_many |= is_many || choice.is_none();
                field.most = None;
            }
            None => self.all.push(Field { element, is_many, is_optional, least, most, choice }),
        }
    }
}
