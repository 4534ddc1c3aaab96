//! The headers of replies, as what methods return beside their outputs.

use super::answered::Answered;
use super::level::Level;
use super::outputs::Outputs;
use crate::describe::Part;
use crate::types::{Occurs, Schema, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

/// Outputs with headers of the reply: a tuple of them, or a single one, whose names stand in the
/// attribute.
///
/// ```
/// use soap_runtime::{Fault, MustUnderstand, WithHeaders, soap_service};
///
/// struct Counter;
///
/// #[soap_service]
/// impl Counter {
///     #[operation(outputs(sum), headers(session, trace))]
///     async fn add(
///         &self,
///         #[soap(header)] session: String,
///         a: i64,
///         b: i64,
///     ) -> Result<WithHeaders<i64, (MustUnderstand<String>, Option<String>)>, Fault> {
///         Ok(WithHeaders::new(a + b, (MustUnderstand(session), None)))
///     }
/// }
/// # soap_runtime::Service::new(Counter)?;
/// # Ok::<(), soap_runtime::DescriptionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithHeaders<T, H> {
    pub(super) outputs: T,
    pub(super) headers: H,
}

impl<T, H> WithHeaders<T, H> {
    /// `outputs` in the Body, `headers` in the Header.
    pub fn new(outputs: T, headers: H) -> Self {
        Self { outputs, headers }
    }

    /// What stands in the Body.
    pub fn outputs(&self) -> &T {
        &self.outputs
    }

    /// What stands in the Header.
    pub fn headers(&self) -> &H {
        &self.headers
    }

    /// Both.
    pub fn into_parts(self) -> (T, H) {
        (self.outputs, self.headers)
    }
}

/// Headers of a reply, with `M` names.
pub trait ReplyHeaders<const M: usize>: Sized + Send + 'static {
    #[doc(hidden)]
    fn parts(names: [&'static str; M]) -> Vec<Part>;
    #[doc(hidden)]
    fn size_hint(&self) -> usize;
    #[doc(hidden)]
    fn write(&self, parts: &[Part], writer: &mut Writer);
    #[doc(hidden)]
    fn read(parts: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError>;
}

impl ReplyHeaders<0> for () {
    fn parts([]: [&'static str; 0]) -> Vec<Part> {
        Vec::new()
    }
    fn size_hint(&self) -> usize {
        0
    }
    fn write(&self, _: &[Part], _: &mut Writer) {}
    fn read(_: &[Part], _: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError> {
        Ok(())
    }
}

macro_rules! reply_headers {
    ($($M:literal)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<H: Outputs<$M>> ReplyHeaders<$M> for H {
                fn parts(names: [&'static str; $M]) -> Vec<Part> {
                    <H as Outputs<$M>>::parts(Level::Header, "", names)
                }
                fn size_hint(&self) -> usize {
                    <H as Outputs<$M>>::size_hint(self)
                }
                fn write(&self, parts: &[Part], writer: &mut Writer) {
                    <H as Outputs<$M>>::write(self, Level::Header, parts, writer);
                }
                fn read(parts: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError> {
                    <H as Outputs<$M>>::read(parts, answered)
                }
            }
        )*
    };
}

reply_headers!(1 2 3 4 5 6 7 8);

/// A header that its receiver has to understand, or may not go on: `mustUnderstand="1"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MustUnderstand<T>(pub T);

impl<T: SoapType> SoapType for MustUnderstand<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Self)
    }
    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
    fn write_attributes(&self, tag: &mut StartTag<'_>) {
        tag.must_understand();
        self.0.write_attributes(tag);
    }
    fn size_hint(&self) -> usize {
        self.0.size_hint()
    }
    fn nil() -> Option<Self> {
        T::nil().map(Self)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn occurs() -> Occurs {
        Occurs { nillable: T::nil().is_some(), ..Occurs::ONCE }
    }
    fn word() -> String {
        T::word()
    }
}
