//! The outputs of an answer, read into typed slots: any order, by their local names, unknown ones skipped.
//!
//! Foreign services qualify some elements and leave others without a namespace, so that names alone count.

use super::level::Level;
use crate::describe::{Body, Part};
use crate::types::SoapType;
use crate::xml::{Element, ReadError};

/// What outputs are read from.
#[doc(hidden)]
pub struct Answered<'r, 'a, 'n> {
    element: Element<'r, 'a>,
    holds: Holds<'n>,
}

/// Where the outputs stand.
#[derive(Clone, Copy)]
enum Holds<'n> {
    /// Nowhere: the element is what holds nothing of them.
    Nothing,
    /// They are the children of the element.
    Outputs(Level),
    /// The element is the output.
    Itself,
    /// They are those children that are in their namespace, the service's for most, or in none: others are extensions
    /// of SOAP.
    Headers(&'n str),
    /// There is no Header.
    NoHeader,
    /// They are the children of the element, and fields of a fault.
    Detail,
}

impl<'r, 'a, 'n> Answered<'r, 'a, 'n> {
    /// The element in a Body of this kind.
    pub(crate) fn body(element: Element<'r, 'a>, body: Body) -> Self {
        let holds = match body {
            Body::Wrapped => Holds::Outputs(Level::Among),
            Body::Rpc => Holds::Outputs(Level::Alone),
            Body::Bare => Holds::Itself,
        };
        Self { element: element.outermost(), holds }
    }

    /// The Header of an answer of the service whose namespace this is.
    pub(crate) fn header(element: Element<'r, 'a>, namespace: &'n str) -> Self {
        Self { element: element.outermost(), holds: Holds::Headers(namespace) }
    }

    /// An element that lacks what they would stand in.
    pub(crate) fn nothing(element: Element<'r, 'a>) -> Self {
        Self { element, holds: Holds::Nothing }
    }

    /// What `read` makes of an answer without a Header.
    pub(crate) fn without_header<T>(&mut self, read: impl FnOnce(&mut Answered<'_, 'a, '_>) -> T) -> T {
        read(&mut Answered { element: self.element.reborrow(), holds: Holds::NoHeader })
    }

    /// Fills the slots.
    ///
    /// # Errors
    /// If one of the values is not what its type asks for.
    pub fn read(&mut self, slots: &mut [&mut (dyn OutputSlot + '_)]) -> Result<(), ReadError> {
        match self.holds {
            Holds::Nothing | Holds::NoHeader => Ok(()),
            Holds::Itself => match slots {
                [] => Ok(()),
                [first, ..] => first.read(Level::Alone, self.element.itself()),
            },
            Holds::Detail => self.read_children(Level::Among, slots, |_, _| true),
            Holds::Outputs(level) => self.read_children(level, slots, |_, _| true),
            Holds::Headers(service) => self.read_children(Level::Header, slots, |slot, found| {
                found.is_empty() || found == slot.namespace().unwrap_or(service)
            }),
        }
    }

    fn read_children(
        &mut self,
        level: Level,
        slots: &mut [&mut (dyn OutputSlot + '_)],
        is_of: impl Fn(&dyn OutputSlot, &str) -> bool,
    ) -> Result<(), ReadError> {
        while let Some(child) = self.element.next_child()? {
            match slots.iter_mut().find(|slot| slot.name() == child.local_name()) {
                Some(slot) if is_of(&**slot, child.namespace()) => slot.read(level, child)?,
                _ => child.skip()?,
            }
        }
        Ok(())
    }

    fn missing(&self, name: &str) -> ReadError {
        let what = match self.holds {
            Holds::Headers(_) | Holds::NoHeader => "header",
            Holds::Detail => "element",
            Holds::Nothing | Holds::Outputs(_) | Holds::Itself => "output",
        };
        self.element.error(format!("the {what} `{name}` is missing"))
    }
}

/// What the fields of a fault are read from; `element` stands in the detail.
pub fn detail<'r, 'a>(element: Element<'r, 'a>) -> Answered<'r, 'a, 'static> {
    Answered { element, holds: Holds::Detail }
}

/// Where the value of one output goes, whatever its type.
#[doc(hidden)]
pub trait OutputSlot {
    fn name(&self) -> &str;
    fn namespace(&self) -> Option<&str>;
    fn read(&mut self, level: Level, element: Element<'_, '_>) -> Result<(), ReadError>;
}

/// An output of the type `T` that is being read.
#[doc(hidden)]
pub struct Output<'p, T> {
    part: &'p Part,
    value: Option<T>,
    absent: fn() -> Option<T>,
}

// Without a bound: what is wrong with a type is told where its field is described.
impl<'p, T> Output<'p, T> {
    /// The one that `part` describes; without an element it is what `absent` gives.
    pub fn of(part: &'p Part, absent: fn() -> Option<T>) -> Self {
        Self { part, value: None, absent }
    }

    /// The value, or what its absence means.
    ///
    /// # Errors
    /// If it has to be there.
    pub fn take(self, from: &Answered<'_, '_, '_>) -> Result<T, ReadError> {
        self.value.or_else(self.absent).ok_or_else(|| from.missing(&self.part.name))
    }
}

impl<T: SoapType> OutputSlot for Output<'_, T> {
    fn name(&self) -> &str {
        &self.part.name
    }

    fn namespace(&self) -> Option<&str> {
        self.part.namespace
    }

    fn read(&mut self, level: Level, element: Element<'_, '_>) -> Result<(), ReadError> {
        let element = match self.part.facets {
            Some(facets) => element.restricted(facets),
            None => element,
        };
        level.read(&mut self.value, element)
    }
}
