//! The arguments of an operation, decoded into typed slots: any order, unknown ones skipped.

use std::sync::LazyLock;

use tracing::Span;

use super::incoming::{Incoming, Slot};
use super::level::Level;
use crate::describe::Part;
use crate::types::{Defaulted, Facets, Schema, SoapType, WRONG};
use crate::xml::{Element, ReadError, Writer};

/// One argument of a method.
pub struct Argument<T> {
    part: Part,
    is_header: bool,
    default: Option<fn() -> T>,
    describe_default: fn(Part, &T) -> Part,
}

/// An argument `name` of type `T`; absent, nil and empty are what `T` makes of them.
pub fn argument<T: SoapType>(name: &'static str, docs: &'static str) -> Argument<T> {
    Argument { part: Part::of::<T>(name, docs), is_header: false, default: None, describe_default: Part::with_default }
}

// Without a bound: a type that is none is told once, where the argument is made.
impl<T> Argument<T> {
    /// May be left out; the value is then what `default` gives.
    #[must_use]
    pub fn or(mut self, default: fn() -> T) -> Self {
        self.part = (self.describe_default)(self.part, &default());
        self.default = Some(default);
        self
    }

    /// Is a header of the request.
    #[must_use]
    pub fn header(mut self) -> Self {
        self.is_header = true;
        self
    }

    /// Has values that keep to `facets`.
    #[must_use]
    pub fn restricted(mut self, facets: &'static LazyLock<Facets>) -> Self {
        self.part = self.part.restricted(facets);
        self
    }

    /// Stands in an element of another namespace, or of none.
    #[must_use]
    pub fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.part.namespace = Some(namespace);
        self
    }

    /// Is published in the WSDL as the wider built-in type `name`.
    #[must_use]
    pub fn published_as(mut self, name: &'static str) -> Self {
        self.part.published_as = Some(name);
        self
    }
}

impl<T: SoapType> Argument<T> {
    /// Its description at this level.
    pub(super) fn part(&self, level: Level) -> Part {
        let mut part = self.part.clone();
        if level != Level::Among {
            part.schema = alone::<T>(part.schema);
            let may_be_left_out = self.default.is_some() && level == Level::Header;
            part.occurs = level.occurs::<T>();
            part.occurs.min -= u32::from(may_be_left_out && part.occurs.min > 0);
        }
        part
    }

    pub(super) fn slot(&self) -> TypedSlot<'_, T> {
        TypedSlot { argument: self, read: Defaulted::default() }
    }
}

/// How a value of `T` is described that is one element, where `schema` describes one among others.
fn alone<T: SoapType>(schema: Schema) -> Schema {
    match schema {
        schema if T::part_schema() == T::schema() => schema,
        // Rules are those of one text, and here they stand at the list.
        Schema::Restricted(..) => {
            let problem = "it is a list that is one element; give the rules to a type of its items".to_owned();
            Schema::Restricted(Box::new(T::schema()), vec![(WRONG, problem)])
        }
        _ => T::schema(),
    }
}

/// The arguments of one operation: a tuple of [`Argument`]s.
pub trait Arguments: Send + Sync + 'static {
    /// The tuple of their values.
    type Values: Send + 'static;

    /// Those that stand in the header, or, at any other level, in the Body.
    #[doc(hidden)]
    fn parts(&self, level: Level) -> Vec<Part>;

    /// Reads the values; `others` are slots for arguments that are read along with them.
    #[doc(hidden)]
    fn read(
        &self,
        incoming: &mut Incoming<'_, '_>,
        others: &mut [&mut dyn Slot],
    ) -> Result<Decoded<Self::Values>, ReadError>;

    /// Writes the values, so that they can be read again.
    #[doc(hidden)]
    fn write(&self, values: &Self::Values, writer: &mut Writer);
}

/// The values of a request, and the span of its call, which names the operation and the execution.
#[doc(hidden)]
pub struct Decoded<V> {
    pub(crate) values: V,
    pub(crate) span: Span,
}

pub(super) struct TypedSlot<'d, T> {
    argument: &'d Argument<T>,
    read: Defaulted<T>,
}

impl<T: SoapType> Slot for TypedSlot<'_, T> {
    fn name(&self) -> &str {
        &self.argument.part.name
    }

    fn is_header(&self) -> bool {
        self.argument.is_header
    }

    fn read(&mut self, level: Level, element: Element<'_, '_>) -> Result<(), ReadError> {
        let element = match self.argument.part.facets {
            Some(facets) => element.restricted(facets),
            None => element,
        };
        match self.argument.default {
            Some(_) => self.read.read_by(element, level.occurs::<T>(), |value, element| level.read(value, element)),
            None => self.read.read_without(element, |value, element| level.read(value, element)),
        }
    }

    fn service_id(&self) -> Option<&str> {
        self.read.value().and_then(T::service_id)
    }
}

impl<T: SoapType> TypedSlot<'_, T> {
    pub(super) fn take(self, request: &Element<'_, '_>) -> Result<T, ReadError> {
        let read = self.read.into_value();
        let value = read.or_else(|| self.argument.default.map(|default| default())).or_else(T::absent);
        value.ok_or_else(|| {
            let name = &self.argument.part.name;
            let what = if self.argument.is_header { "header" } else { "argument" };
            request.error(format!("the {what} `{name}` is missing"))
        })
    }
}

macro_rules! arguments {
    ($($T:ident $slot:ident),*) => {
        impl<$($T: SoapType),*> Arguments for ($(Argument<$T>,)*) {
            type Values = ($($T,)*);

            #[allow(unused_variables, reason = "for no arguments")]
            fn parts(&self, level: Level) -> Vec<Part> {
                let ($($slot,)*) = self;
                let of_header = level == Level::Header;
                let parts: [Option<Part>; _] = [$(($slot.is_header == of_header).then(|| $slot.part(level))),*];
                parts.into_iter().flatten().collect()
            }

            fn read(
                &self,
                incoming: &mut Incoming<'_, '_>,
                others: &mut [&mut dyn Slot],
            ) -> Result<Decoded<Self::Values>, ReadError> {
                let ($($slot,)*) = self;
                $(let mut $slot = $slot.slot();)*
                let span = incoming.read(&mut [$(&mut $slot),*], others)?;
                Ok(Decoded { values: ($($slot.take(&incoming.request)?,)*), span })
            }

            #[allow(unused_variables, non_snake_case, reason = "for no arguments, and for types as names of values")]
            fn write(&self, values: &Self::Values, writer: &mut Writer) {
                let ($($slot,)*) = self;
                let ($($T,)*) = values;
                $($T.write_as(&$slot.part.name, writer);)*
            }
        }
    };
}

macro_rules! arguments_up_to {
    () => { arguments!(); };
    ($T:ident $slot:ident $(, $rest:ident $more:ident)*) => {
        arguments!($T $slot $(, $rest $more)*);
        arguments_up_to!($($rest $more),*);
    };
}

arguments_up_to!(
    A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p,
    Q q, R r, S s, T t, U u, V v, W w, X x, Y y, Z z, A1 a1, B1 b1, C1 c1, D1 d1, E1 e1, F1 f1
);

#[cfg(test)]
mod tests {
    use super::*;

    static SMALL: LazyLock<Facets> = LazyLock::new(|| Facets::of::<i32>(|facets| facets.max(9)));

    #[test]
    fn rules_for_the_items_of_a_list_that_is_one_element_are_refused_and_not_forgotten() {
        let wrong = |part: Part| matches!(part.schema, Schema::Restricted(_, facets) if facets[0].0 == WRONG);
        let list = argument::<Vec<i32>>("digits", "").restricted(&SMALL);
        assert!(!wrong(list.part(Level::Among)) && wrong(list.part(Level::Alone)) && wrong(list.part(Level::Header)));
        let one = argument::<Option<i32>>("digit", "").restricted(&SMALL);
        assert!(!wrong(one.part(Level::Alone)) && !wrong(one.part(Level::Header)));
    }

    #[test]
    fn only_a_header_may_be_left_out_where_a_default_stands() {
        let argument = argument::<i32>("tries", "").or(|| 3);
        assert_eq!(argument.part(Level::Among).occurs.min, 0);
        assert_eq!(argument.part(Level::Header).occurs.min, 0);
        assert_eq!(argument.part(Level::Alone).occurs.min, 1, "the element is the message");
    }
}
