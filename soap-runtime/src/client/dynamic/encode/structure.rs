//! Structures: attributes, a text, elements in the order of the schema.

use serde_json::{Map, Value};

use super::complaints::{kind, names};
use super::{ArgumentError, Encoder, Written};
use crate::client::dynamic::given::Given;
use crate::client::dynamic::shape::{MOST, Shape, Structure};
use crate::client::dynamic::simple::{Kind, Simple};
use crate::client::dynamic::words::in_words;
use crate::wsdl::model::{Attribute, Group, GroupKind, Particle, QName, TypeKind, TypeRef};

impl<'d> Encoder<'d> {
    pub(super) fn structure(&mut self, ty: &TypeRef, structure: &Structure<'_>, value: &Value) -> Written {
        let wrapped = structure
            .as_list()
            .zip(value.as_array())
            .map(|(item, items)| Value::Object([(item.to_owned(), items.clone().into())].into_iter().collect()));
        let value = wrapped.as_ref().unwrap_or(value);
        let Value::Object(object) = value else { return self.scalar(structure, value) };
        let derived = object.get(structure.type_key()).map(|name| self.derived(ty, name)).transpose()?;
        let derived = match &derived {
            Some((name, structure)) => {
                let name = self.out.name(name);
                self.out.xsi("type", &name);
                structure
            }
            None if structure.is_abstract => {
                let problem = format!("must say which type it is of, with `{}`", structure.type_key());
                return self.error(problem);
            }
            None => structure,
        };
        self.attributes(derived, object)?;
        self.out.xml.push('>');
        if let Some(ty) = derived.text {
            return match object.get("#text") {
                Some(value) => self.text_content(ty, value),
                None => self.error("lacks its `#text`".to_owned()),
            };
        }
        let fields = derived.fields();
        self.names_are_known(object, &fields)?;
        let mut given = Given::new(object, &fields);
        derived.groups.iter().try_for_each(|group| self.group(group, &mut given))?;
        if derived.has_any() {
            self.raw(object)?;
        }
        self.nothing_is_left(&given, &fields)
    }

    /// A plain value for a structure: the text of one whose attributes may be left out.
    fn scalar(&mut self, structure: &Structure<'_>, value: &Value) -> Written {
        match structure.text {
            Some(ty) if !matches!(value, Value::Array(_)) => {
                self.attributes(structure, &Map::new())?;
                self.out.xml.push('>');
                self.text_content(ty, value)
            }
            _ => {
                let names: Vec<_> = names(structure).collect();
                let what = if names.is_empty() {
                    "nothing in it".to_owned()
                } else {
                    format!("the parts {}", names.join(", "))
                };
                self.error(format!("is a structure with {what}, and is {} here", kind(value)))
            }
        }
    }

    fn text_content(&mut self, ty: &TypeRef, value: &Value) -> Written {
        match Simple::of(self.definitions, ty) {
            Some(simple) => self.simple(&simple, value),
            None => self.error("is of a type that the WSDL does not have".to_owned()),
        }
    }

    /// The type that `name` means: one that extends `ty`, or that itself.
    fn derived(&self, ty: &TypeRef, name: &Value) -> Result<(QName, Structure<'d>), ArgumentError> {
        let wanted = name.as_str().unwrap_or_default();
        let is_wanted = |name: &&QName| name.local == wanted || name.to_string() == wanted;
        let all = || self.definitions.types.keys().filter(|name| self.descends(name, ty));
        let found = all().find(is_wanted).and_then(|name| Some((name, self.definitions.types.get(name)?)));
        if let Some((name, TypeKind::Complex(complex))) = found.map(|(name, found)| (name, &found.kind)) {
            if complex.is_abstract {
                self.error(format!("is of the type `{wanted}`, of which there are no values of its own"))?;
            }
            if let Shape::Structure(structure) = Shape::of_complex(self.definitions, complex) {
                return Ok((name.clone(), structure));
            }
        }
        let all: Vec<_> = all().map(|name| name.local.as_str()).collect();
        self.error(format!("cannot be of the type `{wanted}`; there are {}", all.join(", ")))?;
        Ok(Default::default())
    }

    fn descends(&self, name: &QName, ty: &TypeRef) -> bool {
        let TypeRef::Named(ancestor) = ty else { return false };
        let base = |name: &QName| match &self.definitions.types.get(name)?.kind {
            TypeKind::Complex(complex) => complex.base.clone(),
            TypeKind::Simple(_) => None,
        };
        std::iter::successors(Some(name.clone()), base).take(MOST).any(|name| name == *ancestor)
    }

    fn attributes(&mut self, structure: &Structure<'_>, object: &Map<String, Value>) -> Written {
        for attribute in &structure.attributes {
            let key = format!("@{}", attribute.name.local);
            match object.get(&key).filter(|value| !value.is_null()) {
                Some(value) => self.step(&key, None, |this| this.attribute(attribute, value))?,
                None if attribute.required && attribute.default.is_none() => {
                    let words = in_words(self.definitions, &attribute.ty);
                    self.step(&key, None, |this| this.error(format!("is missing ({words})")))?;
                }
                None => {}
            }
        }
        let others = object.iter().filter_map(|(key, value)| Some((key.strip_prefix('@')?, value)));
        for (name, value) in others.filter(|(name, _)| structure.attribute(name).is_none()) {
            match value {
                _ if structure.type_key().strip_prefix('@') == Some(name) => {}
                Value::String(text) if structure.any_attribute => self.out.attribute(name, text),
                _ => {
                    let names = names(structure).filter(|name| name.starts_with('@')).collect::<Vec<_>>();
                    return self.unknown(&format!("@{name}"), &names);
                }
            }
        }
        Ok(())
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value) -> Written {
        let name = self.out.name(&attribute.name);
        let simple = Simple::of(self.definitions, &attribute.ty);
        let string = Simple { kind: Kind::Builtin("string"), facets: Vec::new() };
        let text = self.text(simple.as_ref().unwrap_or(&string), value)?;
        self.out.attribute(&name, &text);
        Ok(())
    }
    fn group(&mut self, group: &Group, given: &mut Given<'_>) -> Written {
        let mut count = 0;
        while group.max.is_none_or(|max| count < max) && (count < group.min || given.has_any_in(group)) {
            match group.kind {
                GroupKind::Choice => self.choice(group, given)?,
                GroupKind::Sequence | GroupKind::All => {
                    group.particles.iter().try_for_each(|particle| self.particle(particle, given))?;
                }
            }
            count += 1;
        }
        Ok(())
    }

    fn particle(&mut self, particle: &Particle, given: &mut Given<'_>) -> Written {
        match particle {
            Particle::Element(element) => self.some(element, given),
            Particle::Group(group) => self.group(group, given),
            Particle::Any { .. } => Ok(()),
        }
    }

    fn choice(&mut self, group: &Group, given: &mut Given<'_>) -> Written {
        let mut chosen = group.particles.iter().filter(|particle| given.has_any_of(particle));
        match (chosen.next(), chosen.next()) {
            (Some(_), Some(_)) if group.max == Some(1) => {
                self.error(format!("takes only one of {}", choices(group).join(", ")))
            }
            (Some(only), _) => self.particle(only, given),
            (None, _) if group.particles.iter().any(may_be_nothing) => Ok(()),
            (None, _) => self.error(format!("needs one of {}", choices(group).join(", "))),
        }
    }
}

fn choices(group: &Group) -> Vec<&str> {
    let names = group.particles.iter().flat_map(|particle| match particle {
        Particle::Element(element) => vec![element.name.local.as_str()],
        Particle::Group(group) => choices(group),
        Particle::Any { .. } => Vec::new(),
    });
    names.collect()
}

fn may_be_nothing(particle: &Particle) -> bool {
    match particle {
        Particle::Element(element) => element.min == 0,
        Particle::Any { min, .. } => *min == 0,
        Particle::Group(group) => {
            let mut inner = group.particles.iter();
            group.min == 0
                || match group.kind {
                    GroupKind::Choice => inner.any(may_be_nothing),
                    GroupKind::Sequence | GroupKind::All => inner.all(may_be_nothing),
                }
        }
    }
}
