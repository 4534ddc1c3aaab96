//! Calls of any operation that a WSDL describes: arguments and outputs are trees of values, as in JSON.
//!
//! | XML | value |
//! | --- | --- |
//! | an element that may occur several times | an array, also for one or none |
//! | elements in an element | an object, by local name |
//! | an attribute | `"@name"` |
//! | a text beside attributes | `"#text"` |
//! | `xsi:nil` | `null` |
//! | `xsi:type` of a type that extends the declared one | `"@type"`; `"@xsi:type"` if there is an attribute `type` |
//! | a structure that is nothing but a list | an object with that list; as an argument the list alone will do |
//! | any XML | a string if it is text, else `{"#xml": "<…/>"}` |
//! | whole and decimal numbers | numbers with all their digits |
//! | `INF`, `-INF`, `NaN`, dates, bytes in base64, … | strings |
//!
//! What is sent keeps to the schema, and arguments that do not are refused before: strings are taken for
//! values of any simple type. What comes is taken as it is: any order, any namespace, with elements that
//! the schema does not know.

mod call;
mod compare;
mod decode;
mod encode;
mod given;
mod nearest;
mod out;
mod shape;
mod simple;
mod words;

pub(crate) use call::{Call, Record, SendError};
pub(crate) use encode::ArgumentError;
pub(crate) use nearest::nearest;
pub(crate) use shape::{Field, Shape, Structure};
pub(crate) use simple::Simple;
pub(crate) use words::in_words;

#[cfg(test)]
mod tests;
