//! The reply to an operation, written into one buffer of the right size.

use super::{Exchange, Version, body_tag, header_tags, message_head, message_tail};
use crate::attachment::Message;
use crate::describe::{Body, Form, OperationDescription, Part};
use crate::fault::Fault;
use crate::xml::Writer;

/// What is the same in every reply of one operation.
pub(crate) struct ReplyFrame {
    body: Body,
    /// Whether elements inside of others have a namespace.
    form: Form,
    /// The element in the Body.
    element: String,
    parts: Vec<Part>,
    headers: Vec<Part>,
    heads: [String; 2],
    /// What is around the outputs after the head, in bytes.
    around: usize,
    /// What the tags of the outputs take.
    tags: usize,
}

/// How long values are, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sizes {
    pub(crate) outputs: usize,
    pub(crate) headers: usize,
}

impl ReplyFrame {
    pub(crate) fn new(namespace: &str, form: Form, operation: &OperationDescription) -> Self {
        let element = operation.response.to_string();
        let heads = [Version::Soap11, Version::Soap12].map(|version| message_head(version, namespace));
        let mut parts = operation.output.clone();
        let mut around = tags_of(&element) + message_tail(Version::Soap11).len();
        if operation.body == Body::Bare {
            parts.iter_mut().for_each(|part| part.name = operation.response.clone());
            around -= tags_of(&element);
        }
        let tags = parts.iter().map(|part| tags_of(&part.name)).sum();
        let headers = operation.output_headers.clone();
        Self { body: operation.body, form, element, parts, headers, heads, around, tags }
    }

    /// The whole message; `outputs` writes what stands in the response element.
    pub(crate) fn reply(
        &self,
        exchange: &Exchange,
        size_hint: usize,
        outputs: impl FnOnce(&[Part], &mut Writer),
    ) -> Result<Message, Fault> {
        self.reply_with_headers(exchange, Sizes { outputs: size_hint, headers: 0 }, |_, _| {}, outputs)
    }

    /// The same with headers of the operation's own.
    pub(crate) fn reply_with_headers(
        &self,
        exchange: &Exchange,
        sizes: Sizes,
        headers: impl FnOnce(&[Part], &mut Writer),
        outputs: impl FnOnce(&[Part], &mut Writer),
    ) -> Result<Message, Fault> {
        let sizes = Sizes { outputs: self.tags + sizes.outputs, ..sizes };
        self.write(exchange, sizes, |writer| headers(&self.headers, writer), |writer| outputs(&self.parts, writer))
    }

    /// The whole message with outputs that are XML already, but for the value of the first one.
    pub(crate) fn reply_with(&self, exchange: &Exchange, first: &str, others: &str) -> Result<Message, Fault> {
        let name = &self.parts[0].name;
        let sizes = Sizes { outputs: tags_of(name) + first.len() + others.len(), headers: 0 };
        let outputs = |writer: &mut Writer| {
            writer.element(name, |writer| writer.plain(first));
            writer.raw(others);
        };
        self.write(exchange, sizes, |_| {}, outputs)
    }

    /// In a buffer of just the right size if `sizes` are right: it is sent as it is then.
    fn write(
        &self,
        exchange: &Exchange,
        sizes: Sizes,
        headers: impl FnOnce(&mut Writer),
        outputs: impl FnOnce(&mut Writer),
    ) -> Result<Message, Fault> {
        let unsent = |error| Fault::server(format!("the answer could not be sent: {error}"));
        let version = exchange.version;
        let head = match version {
            Version::Soap11 => &self.heads[0],
            Version::Soap12 => &self.heads[1],
        };
        let blocks = exchange.blocks(None).map_err(unsent)?;
        let header_size = if self.headers.is_empty() { blocks.len() } else { blocks.len() + 256 + sizes.headers };
        let mut writer = Writer::with_capacity(head.len() + self.around + sizes.outputs + header_size);
        if self.form == Form::Unqualified {
            writer = writer.unqualified();
        }
        if self.headers.is_empty() && blocks.is_empty() {
            writer.raw(head);
        } else {
            let (body, (header, end_of_header)) = (body_tag(version), header_tags(version));
            writer.raw(&head[..head.len() - body.len()]);
            writer.raw(header);
            writer = writer.in_envelope(version.prefix());
            headers(&mut writer);
            writer.raw(&blocks);
            writer.raw(end_of_header);
            writer.raw(body);
        }
        match self.body {
            Body::Wrapped => writer.element(&self.element, outputs),
            Body::Bare => outputs(&mut writer),
            Body::Rpc => writer.element(&self.element, |writer| writer.within(Some(""), outputs)),
        }
        writer.raw(message_tail(version));
        writer.finish_message().map_err(unsent)
    }
}

/// What the tags of an element take.
fn tags_of(name: &str) -> usize {
    2 * name.len() + "<tns:></tns:>".len()
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
        let frame = ReplyFrame::new("tns", Form::Qualified, &operation);
        for page in [0, 1, 960, 1 << 20] {
            let (status, result) = (Status::page("p".repeat(page)), "UNSET".to_owned());
            for version in [Version::Soap11, Version::Soap12] {
                let exchange = Exchange::from(version);
                let reply = frame.reply(&exchange, status.size_hint() + result.size_hint(), |parts, writer| {
                    status.write_as(&parts[0].name, writer);
                    result.write_as(&parts[1].name, writer);
                });
                let text = |message: Message| message.into_text().expect("there is no attachment");
                let reply = text(reply.expect("it holds nothing odd"));
                assert_eq!(reply.capacity(), reply.len());
                let page = crate::types::base64("p".repeat(page));
                let same = frame.reply_with(&exchange, &page, "<tns:result>UNSET</tns:result>");
                let same = text(same.expect("it holds nothing odd"));
                assert_eq!((&same, same.capacity()), (&reply, reply.len()));
            }
        }
    }
}
