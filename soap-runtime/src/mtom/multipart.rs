//! `multipart` bodies as they come (RFC 2046 §5.1.1), in pieces of any size.
//!
//! Content goes straight from the piece that it came in to where it is kept: only what may be the
//! beginning of a boundary is held back, and that is known without keeping it. `multer` and its like are
//! for forms, and hand out a part at a time as a stream; they do not tell a missing end from an end.

use memchr::memmem::Finder;

/// The longest boundary (RFC 2046 §5.1.1).
const LONGEST_BOUNDARY: usize = 70;
/// The most headers of one part, all together, and the padding behind a boundary.
const LONGEST_HEAD: usize = 16 << 10;

/// What is wrong with a multipart body.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MultipartError {
    #[error("`boundary` of the Content-Type has to have 1 to {LONGEST_BOUNDARY} characters, none of which is a line end")]
    Boundary,
    #[error("no line of the body is `--` and the boundary of the Content-Type")]
    NoPart,
    #[error("the body ends inside of a part: its last line has to be `--`, the boundary, and `--`")]
    NoEnd,
    #[error("a boundary is followed by something else on its line")]
    AfterBoundary,
    #[error("the headers of a part are longer than {LONGEST_HEAD} bytes")]
    LongHead,
    #[error("a header of a part has no colon, or is not text")]
    BadHeader,
}

/// What the parser finds, in order.
pub(crate) trait Sink {
    type Error: From<MultipartError>;

    /// A part begins.
    fn begin(&mut self, headers: Headers) -> Result<(), Self::Error>;
    /// Some of its content.
    fn content(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;
    /// It ends.
    fn end(&mut self) -> Result<(), Self::Error>;
}

/// The headers of one part: names in lower case.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers(Vec<(String, String)>);

impl Headers {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Lines that begin with white space go on with the one before (RFC 5322 §2.2.3).
    fn parse(head: &[u8]) -> Result<Self, MultipartError> {
        let head = str::from_utf8(head).map_err(|_| MultipartError::BadHeader)?;
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in head.split("\r\n").filter(|line| !line.is_empty()) {
            match (line.strip_prefix([' ', '\t']), headers.last_mut()) {
                (Some(more), Some((_, value))) => {
                    value.push(' ');
                    value.push_str(more.trim());
                }
                _ => {
                    let (name, value) = line.split_once(':').ok_or(MultipartError::BadHeader)?;
                    headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
        Ok(Self(headers))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first boundary, where anything may stand.
    Preamble,
    /// Behind a boundary, up to the end of its line.
    Boundary,
    Headers,
    Content,
    /// Behind the last boundary, where anything may stand.
    Epilogue,
}

pub(crate) struct Parser {
    /// A line end, two hyphens, and the boundary.
    delimiter: Finder<'static>,
    state: State,
    /// How much of the delimiter the bytes before these were.
    matched: usize,
    /// How much of that belongs to what was before: the line end of a boundary may be that of the
    /// headers, or the start of the body.
    borrowed: usize,
    /// Of headers, and of what is behind a boundary.
    line: Vec<u8>,
}

const LINE_END: usize = 2;

impl Parser {
    pub(crate) fn new(boundary: &str) -> Result<Self, MultipartError> {
        let fits = (1..=LONGEST_BOUNDARY).contains(&boundary.len()) && !boundary.contains(['\r', '\n']);
        if !fits {
            return Err(MultipartError::Boundary);
        }
        let delimiter = Finder::new(&format!("\r\n--{boundary}")).into_owned();
        Ok(Self { delimiter, state: State::Preamble, matched: LINE_END, borrowed: LINE_END, line: Vec::new() })
    }

    /// Takes in the next piece of the body.
    pub(crate) fn push<S: Sink>(&mut self, mut bytes: &[u8], sink: &mut S) -> Result<(), S::Error> {
        while !bytes.is_empty() {
            bytes = match self.state {
                State::Preamble => self.content(bytes, |_| Ok(()), |_| Ok(()))?,
                State::Content => {
                    let (content, rest) = self.split(bytes);
                    for piece in content {
                        sink.content(piece)?;
                    }
                    rest
                }
                State::Boundary => self.behind_boundary(bytes)?,
                State::Headers => self.headers(bytes, sink)?,
                State::Epilogue => return Ok(()),
            };
        }
        Ok(())
    }
}
