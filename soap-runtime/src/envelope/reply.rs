//! The reply to an operation, written into one buffer of the right size.

use super::{Exchange, Version, body_tag, header_tags, message_head, message_tail};
use crate::describe::{OperationDescription, Part};
use crate::fault::Fault;
use crate::xml::Writer;

/// What is the same in every reply of one operation.
pub(crate) struct ReplyFrame {
    element: String,
    parts: Vec<Part>,
    heads: [String; 2],
    /// What is around the outputs after the head, in bytes.
    around: usize,
    /// What the tags of the outputs take.
    tags: usize,
}

impl ReplyFrame {
    pub(crate) fn new(namespace: &str, operation: &OperationDescription) -> Self {
        let element = format!("{}Response", operation.name);
        let heads = [Version::Soap11, Version::Soap12].map(|version| message_head(version, namespace));
        let tags: usize = operation.output.iter().map(|part| 2 * part.name.len() + "<tns:></tns:>".len()).sum();
        let around = 2 * element.len() + "<tns:></tns:>".len() + message_tail(Version::Soap11).len();
        Self { element, parts: operation.output.clone(), heads, around, tags }
    }

    /// The whole message; `outputs` writes what stands in the response element, and `size_hint` says
    /// how long their values are.
    pub(crate) fn reply(
        &self,
        exchange: &Exchange,
        size_hint: usize,
        outputs: impl FnOnce(&[Part], &mut Writer),
    ) -> Result<String, Fault> {
        self.write(exchange, self.tags + size_hint, |writer| outputs(&self.parts, writer))
    }

    /// The whole message with outputs that are XML already, but for the value of the first one.
    pub(crate) fn reply_with(&self, exchange: &Exchange, first: &str, others: &str) -> Result<String, Fault> {
        let name = &self.parts[0].name;
        let size = 2 * name.len() + "<tns:></tns:>".len() + first.len() + others.len();
        self.write(exchange, size, |writer| {
            writer.element(name, |writer| writer.plain(first));
            writer.raw(others);
        })
    }

    /// In a buffer of just the right size if `size` is that of the outputs: it is sent as it is then.
    fn write(&self, exchange: &Exchange, size: usize, outputs: impl FnOnce(&mut Writer)) -> Result<String, Fault> {
        let version = exchange.version;
        let head = match version {
            Version::Soap11 => &self.heads[0],
            Version::Soap12 => &self.heads[1],
        };
        let unsent = |error| Fault::server(format!("the answer could not be sent: {error}"));
        let blocks = exchange.blocks(None).map_err(unsent)?;
        let (header, end_of_header) = header_tags(version);
        let around =
            self.around + if blocks.is_empty() { 0 } else { header.len() + blocks.len() + end_of_header.len() };
        let mut writer = Writer::with_capacity(head.len() + around + size);
        if blocks.is_empty() {
            writer.raw(head);
        } else {
            let body = body_tag(version);
            let pieces = [&head[..head.len() - body.len()], header, &blocks, end_of_header, body];
            pieces.iter().for_each(|piece| writer.raw(piece));
        }
        writer.element(&self.element, outputs);
        writer.raw(message_tail(version));
        writer.finish().map_err(unsent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{SoapType, Status};

    #[test]
    fn the_buffer_has_the_right_size_from_the_start() {
        let operation = OperationDescription {
            output: vec![Part::of::<Status>("status_base64", ""), Part::of::<String>("result", "")],
            ..OperationDescription::new("getServiceStatus", "")
        };
        let frame = ReplyFrame::new("tns", &operation);
        for page in [0, 1, 960, 1 << 20] {
            let (status, result) = (Status::page("p".repeat(page)), "UNSET".to_owned());
            for version in [Version::Soap11, Version::Soap12] {
                let exchange = Exchange::from(version);
                let reply = frame.reply(&exchange, status.size_hint() + result.size_hint(), |parts, writer| {
                    status.write_as(&parts[0].name, writer);
                    result.write_as(&parts[1].name, writer);
                });
                let reply = reply.expect("it holds nothing odd");
                assert_eq!(reply.capacity(), reply.len());
                let page = crate::types::base64("p".repeat(page));
                let same = frame.reply_with(&exchange, &page, "<tns:result>UNSET</tns:result>").expect("nothing odd");
                assert_eq!((&same, same.capacity()), (&reply, reply.len()));
            }
        }
    }
}
