//! A name with a type: an argument, an output, a field.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Facets, Occurs, Schema, SoapType, WRONG};
use crate::xml::Writer;

/// One argument, output, or field of a type or a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of its element.
    pub name: Cow<'static, str>,
    /// The doc comment.
    pub docs: &'static str,
    /// The namespace of its element, empty for none; where that is not what the type or the message that it
    /// stands in makes of it.
    pub namespace: Option<&'static str>,
    /// Its type.
    pub schema: Schema,
    /// How often it may occur.
    pub occurs: Occurs,
    /// What it is when it is left out, in its lexical form.
    pub default: Option<String>,
    /// Whether an empty element is a value of it: the default then only stands for an absent one.
    pub empty_is_a_value: bool,
    /// A wider built-in type to publish in place of its own, which must derive from it.
    pub published_as: Option<&'static str>,
    /// The rules for its values that `schema` tells of.
    pub(crate) facets: Option<&'static Facets>,
}

impl Part {
    /// A part of the Rust type `T`.
    pub fn of<T: SoapType>(name: impl Into<Cow<'static, str>>, docs: &'static str) -> Self {
        Self {
            name: name.into(),
            docs,
            namespace: None,
            schema: T::part_schema(),
            occurs: T::occurs(),
            default: None,
            empty_is_a_value: T::empty_is_a_value(),
            published_as: None,
            facets: None,
        }
    }

    /// The same in another namespace, or in none.
    #[must_use]
    pub fn in_namespace(self, namespace: &'static str) -> Self {
        Self { namespace: Some(namespace), ..self }
    }

    /// The same, whose values have to keep to `facets` as well.
    #[doc(hidden)]
    #[must_use]
    pub fn restricted(mut self, facets: &'static LazyLock<Facets>) -> Self {
        let published = facets.published();
        if !published.is_empty() {
            self.schema = Schema::Restricted(Box::new(self.schema), published);
        }
        self.facets = Some(&**facets);
        if let Some(Err(problem)) = self.default_of_one().map(|default| facets.check(default)) {
            self.default_is_wrong(&problem);
        }
        self
    }

    /// The same with a default, which may then be left out, be nil, or be empty.
    #[must_use]
    pub fn with_default<T: SoapType>(mut self, default: &T) -> Self {
        let mut writer = Writer::with_capacity(default.size_hint());
        default.write(&mut writer);
        self.default = Some(writer.into_text());
        self.occurs = Occurs { min: 0, nillable: true, ..self.occurs };
        if let Some(facets) = self.facets {
            let mut writer = Writer::with_capacity(default.size_hint());
            writer.restricted(facets, |writer| default.write_as(&self.name, writer));
            if let Some(problem) = writer.broken_rule() {
                self.default_is_wrong(&problem);
            }
        }
        self
    }

    /// The same with the default that a function gives.
    #[doc(hidden)]
    #[must_use]
    pub fn with_default_of<T: SoapType>(self, default: fn() -> T) -> Self {
        self.with_default(&default())
    }

    /// Told where other things are that are wrong with facets.
    fn default_is_wrong(&mut self, problem: &str) {
        if let Schema::Restricted(_, facets) = &mut self.schema {
            facets.push((WRONG, format!("its default {problem}")));
        }
    }

    /// The default, if there are words for it: XSD has none for that of a list, nor of what holds
    /// elements.
    pub(crate) fn default_of_one(&self) -> Option<&str> {
        self.default.as_deref().filter(|_| self.occurs.max == Some(1) && self.schema.builtin().is_some())
    }
}
