//! A request whose operation is known: its arguments are read from here into their slots.

use tracing::Span;

use super::level::Level;
use crate::describe::Body;
use crate::envelope::HeaderBlocks;
use crate::origin::{NOWHERE, Origin};
use crate::xml::{Element, ReadError};

/// What arguments are read from.
#[doc(hidden)]
pub struct Incoming<'r, 'a> {
    /// The operation, for logs.
    pub(crate) operation: &'static str,
    /// The element in the Body; the Envelope, if the Body is empty.
    pub(crate) request: Element<'r, 'a>,
    pub(crate) body: Body,
    /// Whether the Body holds nothing.
    pub(crate) is_empty: bool,
    /// For operations that have arguments there.
    pub(crate) headers: Option<HeaderBlocks<'a>>,
    /// Where it comes from, for logs.
    pub(crate) origin: &'r Origin,
}

/// Where the value of one argument goes, whatever its type.
#[doc(hidden)]
pub trait Slot {
    fn name(&self) -> &str;
    fn is_header(&self) -> bool;
    fn read(&mut self, level: Level, element: Element<'_, '_>) -> Result<(), ReadError>;
    fn service_id(&self) -> Option<&str>;
}

type Slots<'s, 'd> = [&'s mut (dyn Slot + 'd)];

impl<'r, 'a> Incoming<'r, 'a> {
    /// An element that holds arguments that were written before.
    pub(super) fn recorded(request: Element<'r, 'a>) -> Self {
        Self { operation: "", request, body: Body::Wrapped, is_empty: false, headers: None, origin: &NOWHERE }
    }

    /// Fills the slots. `others` are those of arguments that stand beside.
    pub(super) fn read(&mut self, slots: &mut Slots<'_, '_>, others: &mut Slots<'_, '_>) -> Result<Span, ReadError> {
        self.read_headers(slots)?;
        match self.body {
            Body::Wrapped => self.read_children(Level::Among, slots, others)?,
            Body::Rpc => self.read_children(Level::Alone, slots, others)?,
            Body::Bare => self.read_itself(slots)?,
        }
        let service_id = slots.iter().find_map(|slot| slot.service_id());
        let service_id = service_id.or_else(|| others.iter().find_map(|slot| slot.service_id())).map(start);
        // Of the highest level, so that also a log of nothing but errors tells whose they are.
        Ok(tracing::error_span!(
            "call",
            request_id = self.origin.request_id(),
            trace_id = self.origin.trace_id(),
            operation = self.operation,
            serviceID = service_id
        ))
    }

    fn read_headers(&mut self, slots: &mut Slots<'_, '_>) -> Result<(), ReadError> {
        let Some(headers) = &mut self.headers else { return Ok(()) };
        headers.each(|block| match find(slots, block.local_name(), true) {
            Some(slot) => slot.read(Level::Header, block),
            None => block.skip(),
        })
    }

    fn read_children(
        &mut self,
        level: Level,
        slots: &mut Slots<'_, '_>,
        others: &mut Slots<'_, '_>,
    ) -> Result<(), ReadError> {
        while let Some(child) = self.request.next_child()? {
            let name = child.local_name();
            if let Some(slot) = find(slots, name, false) {
                slot.read(level, child)?;
            } else if let Some(slot) = find(others, name, false) {
                slot.read(level, child)?;
            } else {
                // Clients send more than they are asked for; the reference does not mind either.
                child.skip()?;
            }
        }
        Ok(())
    }

    /// The element is the argument, whatever that is called.
    fn read_itself(&mut self, slots: &mut Slots<'_, '_>) -> Result<(), ReadError> {
        match slots.iter_mut().find(|slot| !slot.is_header()) {
            Some(slot) if !self.is_empty => slot.read(Level::Alone, self.request.itself()),
            _ => Ok(()),
        }
    }
}

fn find<'t, 's, 'd>(
    slots: &'t mut Slots<'s, 'd>,
    name: &str,
    is_header: bool,
) -> Option<&'t mut &'s mut (dyn Slot + 'd)> {
    slots.iter_mut().find(|slot| slot.name() == name && slot.is_header() == is_header)
}

/// Enough of an id from outside to recognise it in a log.
fn start(id: &str) -> &str {
    &id[..id.floor_char_boundary(80)]
}
