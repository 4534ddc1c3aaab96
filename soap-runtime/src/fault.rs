//! What the caller sees of a failure, and what only the log sees.
//!
//! A [`Fault`] is the wire form of an error and is made at the edge: errors inside the crate are
//! enums of their own. How a fault is written for SOAP 1.1 or 1.2 is the business of `envelope`.

use std::error::Error;
use std::fmt;

use crate::xml::{Writer, cut};

/// Whose fault it is, in the words of SOAP 1.1 §4.4.1.
///
/// SOAP 1.2 calls `Client` *Sender* and `Server` *Receiver* (Part 1, §5.4.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultCode {
    /// The request is wrong; sending it again unchanged will not help.
    Client,
    /// The request was right and could not be carried out.
    Server,
    /// A header marked `mustUnderstand` is not understood.
    MustUnderstand,
    /// The envelope is in a namespace that is neither SOAP 1.1 nor 1.2.
    VersionMismatch,
}

/// A SOAP fault: a code, a sentence for the caller, perhaps a typed detail, and what only the log
/// gets to see.
///
/// ```
/// use soap_runtime::Fault;
///
/// let fault = Fault::client("the mesh has no elements").with_subcode("EmptyMesh");
/// assert_eq!(fault.message(), "the mesh has no elements");
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    code: FaultCode,
    message: String,
    /// Apart, for a fault is in the result of everything that may fail.
    more: Option<Box<More>>,
}

/// A refinement of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subcode {
    /// The namespace of its name; that of the service, if it says none.
    pub(crate) namespace: Option<&'static str>,
    pub(crate) name: &'static str,
}

/// What few faults have, and none has all of.
#[derive(Clone, Debug, Default)]
struct More {
    /// Each refines the one before.
    subcodes: Vec<Subcode>,
    /// In other languages: those, and what they say.
    reasons: Vec<(String, String)>,
    actor: Option<String>,
    detail: Option<String>,
    /// The same for a service whose inner elements have no namespace.
    unqualified_detail: Option<String>,
    /// The same for a fault of a header, which SOAP 1.1 has no place for.
    header_detail: Option<String>,
    log: Option<String>,
    /// What the log gets to see in place of the message.
    message_for_log: Option<String>,
    /// Namespaces and names of headers.
    not_understood: Vec<(String, String)>,
}

impl Fault {
    /// The caller's mistake: `soap:Client` (1.1), `soap:Sender` (1.2).
    pub fn client(message: impl Into<String>) -> Self {
        Self::new(FaultCode::Client, message)
    }

    /// Ours: `soap:Server` (1.1), `soap:Receiver` (1.2).
    ///
    /// The message goes to the caller; what only the log may know goes to [`Fault::with_log`].
    pub fn server(message: impl Into<String>) -> Self {
        Self::new(FaultCode::Server, message)
    }

    pub(crate) fn new(code: FaultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), more: None }
    }

    /// Header blocks that have to be understood, each by its namespace and name, and are not.
    pub(crate) fn not_understood(blocks: Vec<(String, String)>) -> Self {
        let (namespace, name) = blocks.first().map_or(("", ""), |(namespace, name)| (namespace, name));
        let message = format!(
            "the header `{}` of namespace `{}` must be understood, and is not known here",
            cut(name),
            cut(namespace),
        );
        let mut fault = Self::new(FaultCode::MustUnderstand, message);
        fault.more().not_understood = blocks;
        fault
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// From an error of the service: its own words to the caller, its sources to the log.
    pub fn from_error(code: FaultCode, error: &(dyn Error + 'static)) -> Self {
        let causes: Vec<String> =
            std::iter::successors(error.source(), |&cause| cause.source()).map(ToString::to_string).collect();
        let fault = Self::new(code, error.to_string());
        if causes.is_empty() { fault } else { fault.with_log(causes.join(": ")) }
    }

    /// Refines the code: `soap:Client.ValidationError` in SOAP 1.1, a `Subcode` in SOAP 1.2. It takes the
    /// place of one that was given before.
    #[must_use]
    pub fn with_subcode(mut self, subcode: &'static str) -> Self {
        self.more().subcodes = vec![Subcode { namespace: None, name: subcode }];
        self
    }

    /// Refines the subcode once more: `soap:Client.OutOfStock.Temporarily`, a `Subcode` in the `Subcode`.
    ///
    /// ```
    /// # use soap_runtime::Fault;
    /// let fault = Fault::client("no screws").with_subcode("OutOfStock").with_nested_subcode("Temporarily");
    /// assert_eq!(fault.subcode(), Some("OutOfStock"));
    /// ```
    #[must_use]
    pub fn with_nested_subcode(mut self, subcode: &'static str) -> Self {
        self.more().subcodes.push(Subcode { namespace: None, name: subcode });
        self
    }

    /// Refines the code by one that another standard gives a name to. SOAP 1.1 has no place for both, and
    /// gets it as its `faultcode`, as those standards want it (WS-Addressing 1.0 – SOAP Binding §6,
    /// WS-Security 1.1 §12).
    #[must_use]
    pub fn with_subcode_of(mut self, namespace: &'static str, subcode: &'static str) -> Self {
        self.more().subcodes = vec![Subcode { namespace: Some(namespace), name: subcode }];
        self
    }

    /// The sentence for the caller in one more language, whose tag is that of RFC 5646. SOAP 1.2 carries
    /// all of them; SOAP 1.1 has place for one, which stays the first.
    ///
    /// ```
    /// # use soap_runtime::Fault;
    /// let fault = Fault::client("the mesh is empty").with_reason("de", "das Netz ist leer");
    /// assert_eq!(fault.message(), "the mesh is empty");
    /// ```
    #[must_use]
    pub fn with_reason(mut self, language: impl Into<String>, text: impl Into<String>) -> Self {
        self.more().reasons.push((language.into(), text.into()));
        self
    }

    /// Who on the way of the message found the fault, as a URI: `faultactor` in SOAP 1.1, `Role` in 1.2.
    #[must_use]
    pub fn with_actor(mut self, actor: impl Into<String>) -> Self {
        self.more().actor = Some(actor.into());
        self
    }

    /// What the log gets to see beside the message. The caller never does.
    #[must_use]
    pub fn with_log(mut self, log: impl Into<String>) -> Self {
        self.more().log = Some(log.into());
        self
    }

    /// What the log gets to see in place of the message, which shows what a caller has sent.
    #[must_use]
    pub(crate) fn with_message_for_log(mut self, message: String) -> Self {
        self.more().message_for_log = Some(message);
        self
    }

    /// The message, without what a log is not to have.
    pub(crate) fn message_for_log(&self) -> &str {
        self.more.as_ref().and_then(|more| more.message_for_log.as_deref()).unwrap_or(&self.message)
    }

    /// A declared detail: one element of the service's namespace, its content written by `content`.
    #[must_use]
    pub fn with_detail(self, element: &str, content: impl FnOnce(&mut Writer)) -> Self {
        self.with_detail_entries(|writer| writer.element(element, content))
    }

    /// The same, with all that `entries` writes.
    #[must_use]
    pub(crate) fn with_detail_entries(mut self, entries: impl FnOnce(&mut Writer)) -> Self {
        let mut writer = Writer::with_capacity(128).of_either_form();
        entries(&mut writer);
        match writer.finish_in_both_forms() {
            Ok((detail, unqualified)) => {
                let more = self.more();
                (more.detail, more.unqualified_detail) = (Some(detail), Some(unqualified));
            }
            Err(error) => self = self.with_log(format!("the detail was left out: {error}")),
        }
        self
    }

    /// A detail that was written before.
    #[must_use]
    pub(crate) fn with_written_detail(mut self, detail: impl Into<String>) -> Self {
        self.more().detail = Some(detail.into());
        self
    }

    /// A detail of what is wrong with a header.
    #[must_use]
    pub(crate) fn with_header_detail(mut self, detail: impl Into<String>) -> Self {
        self.more().header_detail = Some(detail.into());
        self
    }

    /// What [`Fault::with_header_detail`] gave.
    pub(crate) fn header_detail(&self) -> Option<&str> {
        self.more.as_ref()?.header_detail.as_deref()
    }

    /// Whose fault it is.
    pub fn code(&self) -> FaultCode {
        self.code
    }

    /// The refinement of the code, `ValidationError` for one.
    pub fn subcode(&self) -> Option<&'static str> {
        self.subcodes().first().map(|subcode| subcode.name)
    }

    /// All refinements of the code.
    pub(crate) fn subcodes(&self) -> &[Subcode] {
        self.more.as_ref().map(|more| &*more.subcodes).unwrap_or_default()
    }

    /// What [`Fault::with_reason`] added: languages and texts.
    pub(crate) fn reasons(&self) -> &[(String, String)] {
        self.more.as_ref().map(|more| &*more.reasons).unwrap_or_default()
    }

    /// Who found it.
    pub fn actor(&self) -> Option<&str> {
        self.more.as_ref()?.actor.as_deref()
    }

    /// The sentence for the caller.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The XML inside `<detail>`, with the prefix `tns` for the service's namespace.
    pub fn detail(&self) -> Option<&str> {
        self.more.as_ref()?.detail.as_deref()
    }

    /// The same where elements that stand in others have no namespace.
    pub(crate) fn unqualified_detail(&self) -> Option<&str> {
        let unqualified = self.more.as_ref()?.unqualified_detail.as_deref();
        // What was recorded of a job is of one form.
        unqualified.or_else(|| self.detail())
    }

    /// What only the log sees.
    pub fn log(&self) -> Option<&str> {
        self.more.as_ref()?.log.as_deref()
    }

    /// Namespaces and names of the headers that were not understood.
    pub(crate) fn headers_not_understood(&self) -> &[(String, String)] {
        self.more.as_ref().map(|more| &*more.not_understood).unwrap_or_default()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Fault {}
