//! A service that takes files and gives them back.

use std::io::{Read, Seek, Write};

use soap_runtime::bytes::Bytes;
use soap_runtime::{AnyXml, Attachment, Fault, HexBinary, SoapType, soap_service};

/// A file with its name.
#[derive(SoapType)]
pub(crate) struct Entry {
    #[soap(attribute)]
    name: String,
    content: Attachment,
    checksum: Option<HexBinary>,
}

/// Files that belong together.
#[derive(SoapType)]
pub(crate) struct Archive {
    title: String,
    pub(crate) entries: Vec<Entry>,
}

pub(crate) struct Files;

/// Takes files and gives them back.
#[soap_service(path = "/files/Files", namespace = "urn:files")]
impl Files {
    /// The same file.
    #[operation(outputs(file))]
    async fn echo(&self, file: Attachment) -> Attachment {
        file
    }

    /// The same files, and how many bytes they have together.
    #[operation(outputs(files, length))]
    async fn echo_all(
        &self,
        file: Vec<Attachment>,
        #[soap(default = "".to_owned())] _note: String,
    ) -> (Vec<Attachment>, u64) {
        let length = file.iter().map(Attachment::len).sum();
        (file, length)
    }

    /// The same files, in a value of its own.
    #[operation(outputs(archive))]
    async fn store(&self, archive: Archive) -> Archive {
        archive
    }

    /// The same XML.
    #[operation(outputs(xml))]
    async fn copy(&self, xml: AnyXml) -> AnyXml {
        xml
    }

    /// What its sender says that a file is, and how it begins.
    #[operation(outputs(content_type, start))]
    fn look(&self, file: Attachment) -> Result<(Option<String>, HexBinary), Fault> {
        let mut start = Vec::new();
        file.reader().take(4).read_to_end(&mut start).map_err(unread)?;
        Ok((file.content_type().map(str::to_owned), start.into()))
    }

    /// Values in memory, one after the other.
    #[operation(outputs(joined))]
    async fn join(&self, first: Vec<u8>, second: Bytes, third: Option<Vec<u8>>) -> Vec<u8> {
        [first, second.to_vec(), third.unwrap_or_default()].concat()
    }

    /// As many bytes as are asked for: 0, 1, 2, … 250, 0, ….
    #[operation(outputs(file))]
    fn make(&self, length: u64) -> Result<Attachment, Fault> {
        let mut file = tempfile::tempfile().map_err(unread)?;
        let block: Vec<u8> = (0..=250).cycle().take(251 * 400).collect();
        let mut left = length;
        while left > 0 {
            let piece = left.min(block.len() as u64) as usize;
            file.write_all(&block[..piece]).map_err(unread)?;
            left -= piece as u64;
        }
        Ok(Attachment::from_open_file(file).map_err(unread)?.with_content_type("application/x-pattern"))
    }

    /// A file that has become shorter when it is sent.
    #[operation(outputs(file))]
    fn shrink(&self, length: u64) -> Result<Attachment, Fault> {
        let mut file = tempfile::tempfile().map_err(unread)?;
        file.set_len(length).and_then(|()| file.rewind()).map_err(unread)?;
        let attachment = Attachment::from_open_file(file.try_clone().map_err(unread)?).map_err(unread)?;
        file.set_len(length / 2).map_err(unread)?;
        Ok(attachment)
    }
}

fn unread(error: std::io::Error) -> Fault {
    Fault::server("a file cannot be read").with_log(error.to_string())
}
