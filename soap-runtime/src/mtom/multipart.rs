//! `multipart` bodies as they come (RFC 2046 §5.1.1), in pieces of any size.
//!
//! Content goes straight from the piece that it came in to where it is kept: only what may be the
//! beginning of a boundary is held back, and that is known without keeping it.

use memchr::memmem::Finder;

/// The longest boundary (RFC 2046 §5.1.1).
const LONGEST_BOUNDARY: usize = 70;
/// The most headers of one part, all together, and the padding behind a boundary.
const LONGEST_HEAD: usize = 16 << 10;

/// What is wrong with a multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MultipartError {
    #[error(
        "`boundary` of the Content-Type has to have 1 to {LONGEST_BOUNDARY} characters, none of which is a line end"
    )]
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
            let taken = match self.state {
                State::Preamble | State::Content => self.content(bytes, sink)?,
                State::Boundary => self.behind_boundary(bytes)?,
                State::Headers => self.headers(bytes, sink)?,
                State::Epilogue => return Ok(()),
            };
            bytes = &bytes[taken..];
        }
        Ok(())
    }

    /// The body has ended.
    pub(crate) fn finish(&self) -> Result<(), MultipartError> {
        match self.state {
            State::Epilogue => Ok(()),
            State::Preamble => Err(MultipartError::NoPart),
            _ => Err(MultipartError::NoEnd),
        }
    }

    /// Content, or what is before the first boundary. Says how many bytes it took.
    fn content<S: Sink>(&mut self, bytes: &[u8], sink: &mut S) -> Result<usize, S::Error> {
        let Scan { held, content, taken, found } = self.scan(bytes);
        if self.state == State::Content {
            let pieces = [&self.delimiter.needle()[held], &bytes[..content]];
            pieces.into_iter().filter(|piece| !piece.is_empty()).try_for_each(|piece| sink.content(piece))?;
            if found {
                sink.end()?;
            }
        }
        if found {
            self.enter(State::Boundary);
        }
        Ok(taken)
    }

    /// Looks for the delimiter. A line end stands nowhere in it but at its start, so that what begins
    /// like it and goes on otherwise holds no other beginning.
    fn scan(&mut self, bytes: &[u8]) -> Scan {
        let needle = self.delimiter.needle();
        let mut held = 0..0;
        if self.matched > 0 {
            let rest = &needle[self.matched..];
            let same = rest.iter().zip(bytes).take_while(|(expected, byte)| expected == byte).count();
            if same == rest.len() || same == bytes.len() {
                let found = same == rest.len();
                self.matched = if found { 0 } else { self.matched + same };
                return Scan { held, content: 0, taken: same, found };
            }
            held = self.borrowed..self.matched;
        }
        (self.matched, self.borrowed) = (0, 0);
        if let Some(at) = self.delimiter.find(bytes) {
            return Scan { held, content: at, taken: at + needle.len(), found: true };
        }
        let tail = bytes.len().saturating_sub(needle.len() - 1);
        let beginning = memchr::memrchr(b'\r', &bytes[tail..]).map(|at| tail + at);
        let beginning = beginning.filter(|&at| needle.starts_with(&bytes[at..]));
        self.matched = beginning.map_or(0, |at| bytes.len() - at);
        Scan { held, content: bytes.len() - self.matched, taken: bytes.len(), found: false }
    }

    /// White space may stand between a boundary and its line end; two hyphens are the end of all.
    fn behind_boundary(&mut self, bytes: &[u8]) -> Result<usize, MultipartError> {
        for (at, &byte) in bytes.iter().enumerate() {
            self.line.push(byte);
            match self.line.as_slice() {
                b"-" => {}
                b"--" => self.enter(State::Epilogue),
                [padding @ .., b'\r', b'\n'] if is_blank(padding) => self.enter(State::Headers),
                [padding @ .., b'\r'] if is_blank(padding) => {}
                padding if is_blank(padding) && padding.len() < LONGEST_HEAD => {}
                _ => return Err(MultipartError::AfterBoundary),
            }
            if self.state != State::Boundary {
                return Ok(at + 1);
            }
        }
        Ok(bytes.len())
    }

    /// Up to an empty line.
    fn headers<S: Sink>(&mut self, bytes: &[u8], sink: &mut S) -> Result<usize, S::Error> {
        let line = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        if self.line.len() + line > LONGEST_HEAD {
            return Err(MultipartError::LongHead.into());
        }
        self.line.extend_from_slice(&bytes[..line]);
        if self.line == b"\r\n" || self.line.ends_with(b"\r\n\r\n") {
            sink.begin(Headers::parse(&self.line)?)?;
            self.enter(State::Content);
            // The empty line may be that of a boundary, and then there is no content.
            (self.matched, self.borrowed) = (LINE_END, LINE_END);
        }
        Ok(line)
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.line.clear();
    }
}

/// What a piece of a body is.
struct Scan {
    /// Bytes before the piece that looked like a delimiter and are content, as a range of that.
    held: std::ops::Range<usize>,
    /// How much of the piece is content.
    content: usize,
    /// How much of it is known.
    taken: usize,
    /// Whether it ends with a delimiter.
    found: bool,
}

fn is_blank(padding: &[u8]) -> bool {
    padding.iter().all(|byte| [b' ', b'\t'].contains(byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The headers and the content of each part.
    #[derive(Debug, Default)]
    struct Found(Vec<(Headers, Vec<u8>)>);

    impl Sink for Found {
        type Error = MultipartError;

        fn begin(&mut self, headers: Headers) -> Result<(), MultipartError> {
            self.0.push((headers, Vec::new()));
            Ok(())
        }
        fn content(&mut self, bytes: &[u8]) -> Result<(), MultipartError> {
            self.0.last_mut().expect("a part has begun").1.extend_from_slice(bytes);
            Ok(())
        }
        fn end(&mut self) -> Result<(), MultipartError> {
            Ok(())
        }
    }

    /// The contents of the parts of a body that comes in pieces of `length` bytes.
    fn contents(body: &[u8], length: usize) -> Result<Vec<Vec<u8>>, MultipartError> {
        let (mut parser, mut found) = (Parser::new("b")?, Found::default());
        body.chunks(length).try_for_each(|piece| parser.push(piece, &mut found))?;
        parser.finish()?;
        Ok(found.0.into_iter().map(|(_, content)| content).collect())
    }

    #[test]
    fn parts_are_found_however_the_body_is_cut() {
        for (body, expected) in [
            ("--b\r\n\r\nx\r\n--b--", &["x"][..]),
            ("before\r\n--b \t\r\nA: 1\r\n\r\nx\r\n--b--\r\nafter", &["x"]),
            ("\r\n--b\r\nA: 1\r\nB: 2\r\n\r\nx\r\n\r\n--b\r\n\r\ny\r\n--b--  \r\n", &["x\r\n", "y"]),
            // No content, with a line end of its own and without.
            ("--b\r\nA: 1\r\n\r\n\r\n--b\r\nA: 1\r\n\r\n--b--", &["", ""]),
            // What only looks like a boundary.
            ("--b\r\n\r\n--\r\n-\r\n--\r\r\n--a\n--b\r\n--b--", &["--\r\n-\r\n--\r\r\n--a\n--b"]),
        ] {
            for length in 1..=body.len() {
                let parts = contents(body.as_bytes(), length).unwrap_or_else(|error| panic!("{body:?}: {error}"));
                assert_eq!(parts, expected.iter().map(|text| text.as_bytes()).collect::<Vec<_>>(), "{body:?} {length}");
            }
        }
    }

    #[test]
    fn what_is_no_multipart_body_is_told_why() {
        let long = format!("--b\r\nA: {}\r\n\r\nx\r\n--b--", "x".repeat(LONGEST_HEAD));
        for (body, expected) in [
            ("", MultipartError::NoPart),
            ("x--b\r\n\r\nx", MultipartError::NoPart),
            ("--b\r\n\r\nx", MultipartError::NoEnd),
            ("--b\r\n\r\nx\r\n--b", MultipartError::NoEnd),
            ("--b\r\n\r\nx\r\n--b-", MultipartError::NoEnd),
            ("--b\r\n\r\nx\r\n--b\r\nA: 1", MultipartError::NoEnd),
            ("--bb\r\n\r\nx\r\n--b--", MultipartError::AfterBoundary),
            ("--b \n\nx\n--b--", MultipartError::AfterBoundary),
            ("--b\r\nA\r\n\r\nx\r\n--b--", MultipartError::BadHeader),
            (&long, MultipartError::LongHead),
        ] {
            for length in [1, 7, body.len().max(1)] {
                assert_eq!(contents(body.as_bytes(), length), Err(expected), "{body:?}");
            }
        }
        for boundary in ["", "a\r\nb", &"x".repeat(71)] {
            assert!(matches!(Parser::new(boundary), Err(MultipartError::Boundary)), "{boundary:?}");
        }
    }

    #[test]
    fn headers_have_names_in_any_case_and_may_be_folded() {
        let headers = Headers::parse(b"Content-ID: <a@b>\r\nCONTENT-type: text/xml;\r\n\tcharset=utf-8\r\n\r\n");
        let headers = headers.expect("they are right");
        assert_eq!(headers.get("content-id"), Some("<a@b>"));
        assert_eq!(headers.get("content-type"), Some("text/xml; charset=utf-8"));
        assert_eq!(headers.get("content-location"), None);
    }

    proptest! {
        #[test]
        fn contents_come_back_in_whatever_pieces(
            parts in proptest::collection::vec(proptest::collection::vec("[\r\n-]|b|--|\r\n-|\r\n--|x", 0..20), 1..4),
            length in 1_usize..20,
        ) {
            let parts: Vec<String> = parts.into_iter().map(|part| part.concat()).collect();
            prop_assume!(parts.iter().all(|part| !format!("\r\n{part}").contains("\r\n--b")));
            let mut body: String = parts.iter().map(|part| format!("--b\r\n\r\n{part}\r\n")).collect();
            body.push_str("--b--");
            let expected: Vec<_> = parts.into_iter().map(String::into_bytes).collect();
            prop_assert_eq!(contents(body.as_bytes(), length), Ok(expected));
        }

        #[test]
        fn no_body_makes_the_parser_panic_and_its_cuts_make_no_difference(
            body in proptest::collection::vec("[\r\n-]|\r\n--b|--b--|\r\n|A: 1|[ \tx]", 0..20),
            length in 1_usize..10,
        ) {
            let body = body.concat();
            prop_assert_eq!(contents(body.as_bytes(), length), contents(body.as_bytes(), body.len().max(1)));
        }
    }
}
