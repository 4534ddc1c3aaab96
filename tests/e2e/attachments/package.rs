//! Packages as a foreign client makes and reads them, by means of its own.

/// A message and its parts, each with the lines of its head.
#[derive(Clone)]
pub(super) struct Package {
    content_type: String,
    parts: Vec<(String, Vec<u8>)>,
}

const BOUNDARY: &str = "----=_Part_1";

impl Package {
    /// A package with XOP, as CXF writes it.
    pub(super) fn new(message: &str) -> Self {
        let content_type = format!(
            "multipart/related; type=\"application/xop+xml\"; boundary=\"{BOUNDARY}\"; \
             start=\"<root.message@cxf.apache.org>\"; start-info=\"text/xml\""
        );
        let head = "Content-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-Transfer-Encoding: \
                    binary\r\nContent-ID: <root.message@cxf.apache.org>";
        Self { content_type, parts: vec![(head.to_owned(), message.into())] }
    }

    /// One part more, with the usual head.
    pub(super) fn with(self, id: &str, content: impl Into<Vec<u8>>) -> Self {
        let head = format!("Content-Type: model/stl\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{id}>");
        self.with_part(&head, content)
    }

    pub(super) fn with_part(mut self, head: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((head.to_owned(), content.into()));
        self
    }

    pub(super) fn of_type(mut self, content_type: &str) -> Self {
        self.content_type = format!("{content_type}; boundary=\"{BOUNDARY}\"");
        self
    }

    pub(super) fn content_type(&self) -> String {
        self.content_type.clone()
    }

    pub(super) fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (head, content) in &self.parts {
            body.extend_from_slice(format!("\r\n--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
        }
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        body
    }
}

/// The parts of an answer whose head says that it is a package: their heads in lower case, and contents.
pub(super) fn parts(head: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (_, boundary) = head.split_once("boundary=\"").expect("the head names a boundary");
    let (boundary, _) = boundary.split_once('"').expect("it ends");
    let delimiter = format!("--{boundary}");
    let starts: Vec<_> = places(body, delimiter.as_bytes());
    let mut parts = Vec::new();
    for pair in starts.windows(2) {
        let part = &body[pair[0] + delimiter.len() + 2..pair[1] - 2];
        let end = places(part, b"\r\n\r\n")[0];
        let head = String::from_utf8(part[..end].to_vec()).expect("heads are text");
        parts.push((head.to_ascii_lowercase(), part[end + 4..].to_vec()));
    }
    assert!(body.ends_with(format!("{delimiter}--\r\n").as_bytes()), "the last boundary says that it is");
    parts
}

/// Where `needle` begins in `bytes`.
fn places(bytes: &[u8], needle: &[u8]) -> Vec<usize> {
    bytes.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle).map(|(at, _)| at).collect()
}
