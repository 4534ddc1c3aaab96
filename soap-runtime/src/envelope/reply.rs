//! The reply to an operation, written into one buffer of the right size.

use super::{Version, message_head, message_tail};
use crate::describe::{OperationDescription, Part};
use crate::fault::Fault;
use crate::xml::Writer;

/// What is the same in every reply of one operation.
pub(crate) struct ReplyFrame {
    element: String,
    parts: Vec<Part>,
    heads: [String; 2],
    /// What the tags around the outputs and the envelope take.
    overhead: usize,
}

impl ReplyFrame {
    pub(crate) fn new(namespace: &str, operation: &OperationDescription) -> Self {
        let element = format!("{}Response", operation.name);
        let heads = [Version::Soap11, Version::Soap12].map(|version| message_head(version, namespace));
        let tags: usize = operation.output.iter().map(|part| 2 * part.name.len() + "<tns:></tns:>".len()).sum();
        let overhead = heads[0].len().max(heads[1].len())
            + message_tail(Version::Soap11).len()
            + 2 * element.len()
            + "<tns:></tns:>".len()
            + tags;
        Self { element, parts: operation.output.clone(), heads, overhead }
    }

    /// The whole message; `outputs` writes what stands in the response element.
    pub(crate) fn reply(
        &self,
        version: Version,
        size_hint: usize,
        outputs: impl FnOnce(&[Part], &mut Writer),
    ) -> Result<String, Fault> {
        let mut writer = Writer::with_capacity(self.overhead + size_hint);
        writer.raw(match version {
            Version::Soap11 => &self.heads[0],
            Version::Soap12 => &self.heads[1],
        });
        writer.element(&self.element, |writer| outputs(&self.parts, writer));
        writer.raw(message_tail(version));
        writer.finish().map_err(|error| Fault::server(format!("the answer could not be sent: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{SoapType, Status};

    #[test]
    fn the_buffer_has_the_right_size_from_the_start() {
        let operation = OperationDescription {
            name: "getServiceStatus",
            docs: "",
            input: Vec::new(),
            output: vec![Part::of::<Status>("status_base64", ""), Part::of::<String>("result", "")],
            faults: Vec::new(),
        };
        let frame = ReplyFrame::new("tns", &operation);
        for page in [0, 1, 960, 1 << 20] {
            let (status, result) = (Status::page("p".repeat(page)), "UNSET".to_owned());
            for version in [Version::Soap11, Version::Soap12] {
                let reply = frame.reply(version, status.size_hint() + result.size_hint(), |parts, writer| {
                    status.write_as(&parts[0].name, writer);
                    result.write_as(&parts[1].name, writer);
                });
                let reply = reply.expect("it holds nothing odd");
                // The heads of the two versions differ by a few bytes; it never grew, or it would have doubled.
                assert!(reply.capacity() - reply.len() < 32, "{} of {}", reply.len(), reply.capacity());
            }
        }
    }
}
