//! Text: `String`, `char`, URLs.

use super::{Schema, SoapType};
use crate::xml::{Element, ReadError, Writer};

/// `xs:string`: white space is kept as it came (XML Schema Part 2, §3.2.1).
impl SoapType for String {
    fn schema() -> Schema {
        Schema::Builtin("string")
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        element.text().map(std::borrow::Cow::into_owned)
    }
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }
    fn size_hint(&self) -> usize {
        self.len()
    }
    fn empty_is_a_value() -> bool {
        true
    }
}
