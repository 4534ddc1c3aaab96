//! Requests as clients send them.

use super::{Version, message_head, message_tail, open_message};
use crate::describe::{Form, ServiceDescription};
use crate::xml::{WriteError, Writer};

/// The envelope of a request to a service; attachments are base64 in it.
///
/// # Errors
/// If a value cannot be written.
pub(crate) fn write_request(
    version: Version,
    service: &ServiceDescription,
    size_hint: usize,
    headers: impl FnOnce(&mut Writer),
    body: impl FnOnce(&mut Writer),
) -> Result<String, WriteError> {
    let writer = |capacity| match service.form {
        Form::Qualified => Writer::with_capacity(capacity),
        Form::Unqualified => Writer::with_capacity(capacity).unqualified(),
    };
    let mut blocks = writer(0).in_envelope(version.prefix());
    headers(&mut blocks);
    let blocks = blocks.finish()?;
    let (head, tail) = (message_head(version, &service.namespace), message_tail(version));
    let mut writer = writer(head.len() + blocks.len() + size_hint + tail.len());
    open_message(writer.buffer(), &head, version, &blocks);
    body(&mut writer);
    writer.raw(tail);
    writer.finish()
}
