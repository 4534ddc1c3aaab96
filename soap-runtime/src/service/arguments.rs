//! The arguments of an operation, decoded into typed slots: any order, unknown ones skipped.

use std::sync::LazyLock;

use tracing::Span;

use crate::describe::Part;
use crate::types::{Defaulted, Facets, SoapType};
use crate::xml::{Element, ReadError, Writer};

/// One argument of a method.
pub struct Argument<T> {
    part: Part,
    default: Option<fn() -> T>,
}

/// An argument `name` of type `T`; absent, nil and empty are what `T` makes of them.
pub fn argument<T: SoapType>(name: &'static str, docs: &'static str) -> Argument<T> {
    Argument { part: Part::of::<T>(name, docs), default: None }
}

impl<T: SoapType> Argument<T> {
    /// May be left out; the value is then what `default` gives.
    #[must_use]
    pub fn or(mut self, default: fn() -> T) -> Self {
        self.part = self.part.with_default(&default());
        self.default = Some(default);
        self
    }

    /// Has values that keep to `facets`.
    #[must_use]
    pub fn restricted(mut self, facets: &'static LazyLock<Facets>) -> Self {
        self.part = self.part.restricted(facets);
        self
    }

    /// Is published in the WSDL as the wider built-in type `name`.
    #[must_use]
    pub fn published_as(mut self, name: &'static str) -> Self {
        self.part.published_as = Some(name);
        self
    }

    pub(super) fn part(&self) -> Part {
        self.part.clone()
    }

    pub(super) fn slot(&self) -> TypedSlot<'_, T> {
        TypedSlot { argument: self, read: Defaulted::default() }
    }
}

/// The arguments of one operation: a tuple of [`Argument`]s.
pub trait Arguments: Send + Sync + 'static {
    /// The tuple of their values.
    type Values: Send + 'static;

    #[doc(hidden)]
    fn parts(&self) -> Vec<Part>;

    /// Reads the values; `others` are slots for arguments that are read along with them.
    #[doc(hidden)]
    fn read(
        &self,
        request: &mut Element<'_, '_>,
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

/// Where the value of one argument goes, whatever its type.
#[doc(hidden)]
pub trait Slot {
    fn name(&self) -> &str;
    fn read(&mut self, element: Element<'_, '_>) -> Result<(), ReadError>;
    fn service_id(&self) -> Option<&str>;
}

pub(super) struct TypedSlot<'d, T> {
    argument: &'d Argument<T>,
    read: Defaulted<T>,
}

impl<T: SoapType> Slot for TypedSlot<'_, T> {
    fn name(&self) -> &str {
        &self.argument.part.name
    }

    fn read(&mut self, element: Element<'_, '_>) -> Result<(), ReadError> {
        let element = match self.argument.part.facets {
            Some(facets) => element.restricted(facets),
            None => element,
        };
        match self.argument.default {
            Some(_) => self.read.read(element),
            None => self.read.read_without(element),
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
            request.error(format!("the argument `{name}` is missing"))
        })
    }
}

fn read_slots(
    request: &mut Element<'_, '_>,
    slots: &mut [&mut dyn Slot],
    others: &mut [&mut dyn Slot],
) -> Result<Span, ReadError> {
    while let Some(child) = request.next_child()? {
        let name = child.local_name();
        if let Some(slot) = slots.iter_mut().find(|slot| slot.name() == name) {
            slot.read(child)?;
        } else if let Some(slot) = others.iter_mut().find(|slot| slot.name() == name) {
            slot.read(child)?;
        } else {
            // Clients send more than they are asked for; the reference does not mind either.
            child.skip()?;
        }
    }
    let service_id = slots.iter().find_map(|slot| slot.service_id());
    let service_id = service_id.or_else(|| others.iter().find_map(|slot| slot.service_id())).map(start);
    Ok(tracing::info_span!("call", operation = request.local_name(), serviceID = service_id))
}

/// Enough of an id from outside to recognise it in a log.
fn start(id: &str) -> &str {
    &id[..id.floor_char_boundary(80)]
}

macro_rules! arguments {
    ($($T:ident $slot:ident),*) => {
        impl<$($T: SoapType),*> Arguments for ($(Argument<$T>,)*) {
            type Values = ($($T,)*);

            fn parts(&self) -> Vec<Part> {
                let ($($slot,)*) = self;
                vec![$($slot.part.clone()),*]
            }

            fn read(
                &self,
                request: &mut Element<'_, '_>,
                others: &mut [&mut dyn Slot],
            ) -> Result<Decoded<Self::Values>, ReadError> {
                let ($($slot,)*) = self;
                $(let mut $slot = $slot.slot();)*
                let span = read_slots(request, &mut [$(&mut $slot),*], others)?;
                Ok(Decoded { values: ($($slot.take(request)?,)*), span })
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
