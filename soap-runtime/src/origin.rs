//! Which request a log line belongs to, and which trace of calls through many programs.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tracing::Span;

tokio::task_local! {
    /// The trace of the call whose method runs here; nothing where a call belongs to none.
    static CURRENT: Trace;
}

/// What is known of a request before it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    request_id: String,
    trace: Option<Trace>,
}

/// That of what no request has brought.
pub(crate) static NOWHERE: Origin = Origin { request_id: String::new(), trace: None };

impl Origin {
    /// Takes over the id if it can stand in a log as it is, and makes one otherwise.
    pub(crate) fn new(request_id: Option<&str>, trace: Option<Trace>) -> Self {
        let request_id = request_id.filter(|id| is_id(id)).map_or_else(made_id, str::to_owned);
        Self { request_id, trace }
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        (!self.request_id.is_empty()).then_some(&*self.request_id)
    }

    pub(crate) fn into_request_id(self) -> String {
        self.request_id
    }

    pub(crate) fn trace(&self) -> Option<Trace> {
        self.trace
    }

    pub(crate) fn trace_id(&self) -> Option<&str> {
        self.trace.as_ref().map(Trace::id)
    }

    /// For what is said of a request that is no call: nothing more of it is known than, perhaps, the operation.
    pub(crate) fn span(&self, operation: Option<&str>) -> Span {
        let request_id = self.request_id();
        if request_id.is_none() && operation.is_none() {
            return Span::none();
        }
        // An error has to be told from others even where nothing else is logged.
        tracing::error_span!("request", request_id, trace_id = self.trace_id(), operation)
    }
}

/// 1 to 128 of letters, digits and `._-`: nothing that a log would have to escape.
fn is_id(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// One that no other request has had: of this process, by its number, and of others, by chance.
fn made_id() -> String {
    static PROCESS: OnceLock<u32> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    // The keys of the hash maps of std are random; nothing here has to be a secret.
    let process = PROCESS.get_or_init(|| RandomState::new().hash_one(std::process::id()) as u32);
    let mut id = String::with_capacity(17);
    for (number, end) in [(*process, "-"), (NUMBER.fetch_add(1, Ordering::Relaxed), "")] {
        id.extend((0..8).rev().map(|digit| char::from(b"0123456789abcdef"[(number >> (4 * digit) & 15) as usize])));
        id.push_str(end);
    }
    id
}

/// A place in a trace, as W3C Trace Context writes it in `traceparent`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trace([u8; Trace::LENGTH]);

impl Trace {
    /// `00-TRACE-PARENT-FLAGS`, with 32, 16 and 2 hexadecimal digits.
    const LENGTH: usize = 55;
    /// The environment variable that hands it to another process.
    pub(crate) const VARIABLE: &str = "TRACEPARENT";

    /// Nothing if it is not right: it is to be taken for not there then (Trace Context §3.2.2). Of versions that
    /// are not known, what is known of version 00 is read, and handed on as that.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (known, rest) = bytes.split_at_checked(Self::LENGTH)?;
        let is_hex = |text: &[u8]| text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let is_zero = |text: &[u8]| text.iter().all(|&byte| byte == b'0');
        let (version, trace, parent, flags) = (&known[..2], &known[3..35], &known[36..52], &known[53..]);
        let is_right = [known[2], known[35], known[52]] == *b"---"
            && [version, trace, parent, flags].iter().all(|part| is_hex(part))
            && !is_zero(trace)
            && !is_zero(parent)
            && version != b"ff"
            && (rest.is_empty() || version != b"00" && rest[0] == b'-');
        if !is_right {
            return None;
        }
        let mut own: [u8; Self::LENGTH] = known.try_into().ok()?;
        own[..2].copy_from_slice(b"00");
        // Whether it is sampled, and whether its id is random: the rest is not for those who do not know it.
        own[53] = b'0';
        own[54] = b'0' + (char::from(own[54]).to_digit(16)? as u8 & 3);
        Some(Self(own))
    }

    /// The one that the program which started this process has handed on.
    pub(crate) fn of_environment() -> Option<Self> {
        Self::parse(&std::env::var(Self::VARIABLE).ok()?)
    }

    /// The one of the call whose method runs here.
    pub(crate) fn current() -> Option<Self> {
        CURRENT.try_with(|trace| *trace).ok()
    }

    /// The trace itself, whatever the place in it.
    pub(crate) fn id(&self) -> &str {
        &self.as_str()[3..35]
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("all of it is ASCII")
    }

    /// Has what `work` starts know that it belongs to this.
    pub(crate) async fn within<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }

    /// The same for work that blocks.
    pub(crate) fn within_blocking<R>(self, work: impl FnOnce() -> R) -> R {
        CURRENT.sync_scope(self, work)
    }
}

impl std::fmt::Debug for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn ids_are_taken_over_if_a_log_can_hold_them() {
        let id_of = |id| Origin::new(id, None).into_request_id();
        let longest = "x".repeat(128);
        for id in ["a", "A-b_c.9", &longest] {
            assert_eq!(id_of(Some(id)), id);
        }
        let made = id_of(None);
        assert!(made.len() == 17 && is_id(&made), "{made}");
        for id in ["", "a b", "a\"b", "a\nb", "ä", "a/b", &"x".repeat(129)] {
            let other = id_of(Some(id));
            assert!(other != id && other != made && other[..9] == made[..9], "{other}");
        }
    }

    #[test]
    fn a_trace_is_read_strictly() {
        let trace = Trace::parse(GOOD).expect("it is right");
        assert_eq!((trace.as_str(), trace.id()), (GOOD, "0af7651916cd43dd8448eb211c80319c"));
        for bad in [
            "",
            "00",
            &GOOD[..54],
            &format!("{GOOD}-"),
            &format!("{GOOD}0"),
            &format!("01{}0", &GOOD[2..]),
            &format!("ff{}", &GOOD[2..]),
            &GOOD.to_uppercase(),
            &GOOD.replace("-b7", "_b7"),
            &GOOD.replace("0af7", "0ag7"),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
            "0ä-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        ] {
            assert_eq!(Trace::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn of_later_versions_what_is_known_is_handed_on() {
        for (version, rest) in [("01", ""), ("cc", "-what-the-future-brings"), ("fe", "-")] {
            let text = format!("{version}{}{rest}", &GOOD[2..]);
            assert_eq!(Trace::parse(&text).map(|trace| trace.as_str().to_owned()), Some(GOOD.to_owned()), "{text}");
        }
        let flags =
            |flags: &str| Trace::parse(&format!("{}{flags}", &GOOD[..53])).map(|trace| trace.as_str()[53..].to_owned());
        assert_eq!(flags("ff").as_deref(), Some("03"));
        assert_eq!(flags("04").as_deref(), Some("00"));
    }

    #[tokio::test]
    async fn what_a_method_starts_knows_its_trace() {
        let trace = Trace::parse(GOOD).expect("it is right");
        assert_eq!(Trace::current(), None);
        assert_eq!(trace.within(async { Trace::current() }).await, Some(trace));
        assert_eq!(trace.within_blocking(Trace::current), Some(trace));
    }
}
