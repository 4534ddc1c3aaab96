//! Messages that travel with their files beside them: MIME multipart (RFC 2387) with XOP
//! ([XOP 1.0](https://www.w3.org/TR/xop10/), [MTOM](https://www.w3.org/TR/soap12-mtom/)). Nothing here
//! knows HTTP, or waits for anything but the disk.

mod base64;
mod media_type;
mod multipart;
mod package;
mod reply;
#[cfg(test)]
mod tests;

pub(crate) use media_type::MediaType;
pub(crate) use package::{Package, PackageError, PackageLimits, Unpacked};
pub(crate) use reply::{Pieces, Segment, inline, package};
