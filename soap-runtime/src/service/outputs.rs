//! What a method returns: outputs with names, or an error that becomes a fault.

use std::error::Error;
use std::marker::PhantomData;

use super::answered::{Answered, Output};
use super::headers::{ReplyHeaders, WithHeaders};
use super::level::Level;
use crate::describe::{FaultDescription, Part};
use crate::fault::{Fault, FaultCode};
use crate::jobs::JobError;
use crate::types::SoapType;
use crate::xml::{Element, ReadError, Writer};

/// Outputs of an operation. `N` is how many names the attribute gives them; `0` is none, for `()`,
/// a single value, which is called `<operation>Result`, and structs with `#[derive(SoapOutput)]`,
/// whose fields have names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit {N} output names",
    label = "does not fit {N} output names",
    note = "`outputs(a, b)` goes with a tuple of two values, `outputs(a)` with one value; without names a method \
            returns nothing, one value, or a struct with `#[derive(SoapOutput)]`",
    note = "a value must be a SOAP type: numbers, `String`, `Vec<u8>`, dates, `Status`, …"
)]
pub trait Outputs<const N: usize>: Sized + Send + 'static {
    /// Their description.
    fn parts(level: Level, operation: &str, names: [&'static str; N]) -> Vec<Part>;

    /// About how many bytes their values take.
    fn size_hint(&self) -> usize;

    /// Writes them, in the order of `parts` and by the names there.
    fn write(&self, level: Level, parts: &[Part], writer: &mut Writer);

    /// Reads them from an answer.
    ///
    /// # Errors
    /// If one of them is missing, or is not what its type asks for.
    fn read(parts: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError>;
}

impl Outputs<0> for () {
    fn parts(_: Level, _: &str, []: [&'static str; 0]) -> Vec<Part> {
        Vec::new()
    }
    fn size_hint(&self) -> usize {
        0
    }
    fn write(&self, _: Level, _: &[Part], _: &mut Writer) {}
    fn read(_: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError> {
        answered.read(&mut [])
    }
}

// A type that is no output gets the words on the trait, not those on what would make it one.
#[diagnostic::do_not_recommend]
impl<T: SoapType> Outputs<0> for T {
    fn parts(level: Level, operation: &str, []: [&'static str; 0]) -> Vec<Part> {
        vec![level.part::<T>(format!("{operation}Result"), "")]
    }
    fn size_hint(&self) -> usize {
        T::size_hint(self)
    }
    fn write(&self, level: Level, parts: &[Part], writer: &mut Writer) {
        level.write(self, &parts[0].name, writer);
    }
    fn read(parts: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError> {
        read_one(&parts[0], answered)
    }
}

#[diagnostic::do_not_recommend]
impl<T: SoapType> Outputs<1> for T {
    fn parts(level: Level, _: &str, [name]: [&'static str; 1]) -> Vec<Part> {
        vec![level.part::<T>(name, "")]
    }
    fn size_hint(&self) -> usize {
        T::size_hint(self)
    }
    fn write(&self, level: Level, parts: &[Part], writer: &mut Writer) {
        level.write(self, &parts[0].name, writer);
    }
    fn read(parts: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError> {
        read_one(&parts[0], answered)
    }
}

fn read_one<T: SoapType>(part: &Part, answered: &mut Answered<'_, '_, '_>) -> Result<T, ReadError> {
    let mut output = Output::of(part, T::absent);
    answered.read(&mut [&mut output])?;
    output.take(answered)
}

macro_rules! outputs {
    ($N:literal, $($T:ident $at:tt),*) => {
        impl<$($T: SoapType),*> Outputs<$N> for ($($T,)*) {
            fn parts(level: Level, _: &str, names: [&'static str; $N]) -> Vec<Part> {
                vec![$(level.part::<$T>(names[$at], "")),*]
            }
            fn size_hint(&self) -> usize {
                0 $(+ self.$at.size_hint())*
            }
            fn write(&self, level: Level, parts: &[Part], writer: &mut Writer) {
                $(level.write(&self.$at, &parts[$at].name, writer);)*
            }
            fn read(parts: &[Part], answered: &mut Answered<'_, '_, '_>) -> Result<Self, ReadError> {
                let mut outputs = ($(Output::of(&parts[$at], <$T>::absent),)*);
                answered.read(&mut [$(&mut outputs.$at),*])?;
                Ok(($(outputs.$at.take(answered)?,)*))
            }
        }
    };
}

outputs!(2, A 0, B 1);
outputs!(3, A 0, B 1, C 2);
outputs!(4, A 0, B 1, C 2, D 3);
outputs!(5, A 0, B 1, C 2, D 3, E 4);
outputs!(6, A 0, B 1, C 2, D 3, E 4, F 5);
outputs!(7, A 0, B 1, C 2, D 3, E 4, F 5, G 6);
outputs!(8, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
outputs!(9, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
outputs!(10, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
outputs!(11, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
outputs!(12, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// An error that a method may end with, and the faults that it declares.
///
/// Derived for enums with `#[derive(SoapFault)]`; [`Fault`] itself declares nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot become a SOAP fault",
    label = "no SOAP fault",
    note = "derive it: `#[derive(Debug, thiserror::Error, soap_runtime::SoapFault)]`, or return `soap_runtime::Fault`"
)]
pub trait SoapFault: Sized + Send + 'static {
    /// The faults that are declared in the WSDL.
    fn describe() -> Vec<FaultDescription>;

    /// The fault that is sent.
    fn into_fault(self) -> Fault;

    /// The error that `element` tells of, which stands in the detail of a fault; none, if it is no fault of these,
    /// or the error holds more than is sent.
    ///
    /// # Errors
    /// If a value is not what its type asks for.
    fn read_detail(element: Element<'_, '_>) -> Result<Option<Self>, ReadError> {
        element.skip().map(|()| None)
    }
}

impl SoapFault for Fault {
    fn describe() -> Vec<FaultDescription> {
        Vec::new()
    }
    fn into_fault(self) -> Fault {
        self
    }
}

impl SoapFault for JobError {
    fn describe() -> Vec<FaultDescription> {
        Vec::new()
    }
    fn into_fault(self) -> Fault {
        Fault::server(self.to_string())
    }
}

impl From<JobError> for Fault {
    fn from(error: JobError) -> Self {
        error.into_fault()
    }
}

/// What `#[derive(SoapFault)]` needs of a type; here for its words.
#[diagnostic::on_unimplemented(
    message = "`{Self}` derives `SoapFault` and is no `std::error::Error`",
    label = "no error",
    note = "derive it as well, `#[derive(Debug, thiserror::Error)]`, or implement it: its `Display` is what the \
            caller is told"
)]
pub trait DerivesSoapFault: Error + 'static {}

// Without this the words would be those on `Error`.
#[diagnostic::do_not_recommend]
impl<T: Error + 'static> DerivesSoapFault for T {}

/// [`Fault::from_error`] for derived faults.
pub fn fault_from<T: DerivesSoapFault>(code: FaultCode, error: &T) -> Fault {
    Fault::from_error(code, error)
}

/// What the one field without a name of a fault can be; here for its words.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the detail of a fault",
    label = "no SOAP type",
    note = "the one field of a fault is its detail, and needs a `SoapType`; keep it inside with `#[soap(skip)]`, or \
            give it a name beside others"
)]
pub trait FaultDetail: SoapType {}

#[diagnostic::do_not_recommend]
impl<T: SoapType> FaultDetail for T {}

/// What is done with the details of a fault.
pub struct Detail<T> {
    /// The fault's description, by its name and its docs.
    pub fault: fn(&'static str, &'static str) -> FaultDescription,
    /// The fault with the detail, which is an element of this name.
    pub told: fn(Fault, &str, &T) -> Fault,
    /// The detail in an element.
    pub heard: fn(Element<'_, '_>) -> Result<T, ReadError>,
}

/// That of faults whose detail is a value of `T`. Nothing else asks what `T` is, so that the compiler's verdict on it
/// is always the same, and told once.
pub fn detail_of<T: FaultDetail>() -> Detail<T> {
    Detail {
        fault: |name, docs| FaultDescription::of::<T>(name, docs),
        told: |fault, element, value| fault.with_detail_entries(|writer| value.write_item(element, writer)),
        heard: T::read_item,
    }
}

/// What a method returns: outputs, or a `Result` of them.
#[diagnostic::on_unimplemented(
    message = "an operation cannot return `{Self}`: it is no SOAP type, or does not go with {N} output names",
    label = "no SOAP type, or not for {N} output names",
    note = "`outputs(a, b)` goes with a tuple of two values, `outputs(a)` with one value; without names a method \
            returns nothing, one value, or a struct with `#[derive(SoapOutput)]`",
    note = "a value must be a SOAP type: numbers, `String`, `Vec<u8>`, dates, `Status`, …",
    note = "it may be in a `Result`, whose error derives `SoapFault` or is `soap_runtime::Fault`",
    note = "`headers(a, b)` goes with `WithHeaders<…, (A, B)>`, and nothing else is a `WithHeaders`; a job returns none"
)]
pub trait Return<const N: usize, const M: usize = 0>: Send + 'static {
    /// The outputs.
    type Outputs: Outputs<N>;

    /// The headers of the reply.
    type Headers: ReplyHeaders<M>;

    /// What a client gets of them.
    type Answer;

    /// The faults that are declared.
    fn faults() -> Vec<FaultDescription>;

    /// The outputs and the headers, or the fault.
    fn into_result(self) -> Result<(Self::Outputs, Self::Headers), Fault>;

    /// The other way round.
    fn answer(outputs: Self::Outputs, headers: Self::Headers) -> Self::Answer;
}

#[diagnostic::do_not_recommend]
impl<T: Outputs<N>, const N: usize> Return<N> for T {
    type Outputs = T;
    type Headers = ();
    type Answer = T;

    fn faults() -> Vec<FaultDescription> {
        Vec::new()
    }
    fn into_result(self) -> Result<(T, ()), Fault> {
        Ok((self, ()))
    }
    fn answer(outputs: T, (): ()) -> T {
        outputs
    }
}

#[diagnostic::do_not_recommend]
impl<T: Outputs<N>, H: ReplyHeaders<M>, const N: usize, const M: usize> Return<N, M> for WithHeaders<T, H> {
    type Outputs = T;
    type Headers = H;
    type Answer = WithHeaders<T, H>;

    fn faults() -> Vec<FaultDescription> {
        Vec::new()
    }
    fn into_result(self) -> Result<(T, H), Fault> {
        Ok((self.outputs, self.headers))
    }
    fn answer(outputs: T, headers: H) -> WithHeaders<T, H> {
        WithHeaders { outputs, headers }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Outputs<N>, E: SoapFault, const N: usize> Return<N> for Result<T, E> {
    type Outputs = T;
    type Headers = ();
    type Answer = T;

    fn faults() -> Vec<FaultDescription> {
        E::describe()
    }
    fn into_result(self) -> Result<(T, ()), Fault> {
        self.map(|outputs| (outputs, ())).map_err(E::into_fault)
    }
    fn answer(outputs: T, (): ()) -> T {
        outputs
    }
}

#[diagnostic::do_not_recommend]
impl<T, H, E, const N: usize, const M: usize> Return<N, M> for Result<WithHeaders<T, H>, E>
where
    T: Outputs<N>,
    H: ReplyHeaders<M>,
    E: SoapFault,
{
    type Outputs = T;
    type Headers = H;
    type Answer = WithHeaders<T, H>;

    fn faults() -> Vec<FaultDescription> {
        E::describe()
    }
    fn into_result(self) -> Result<(T, H), Fault> {
        self.map(|returned| (returned.outputs, returned.headers)).map_err(E::into_fault)
    }
    fn answer(outputs: T, headers: H) -> WithHeaders<T, H> {
        WithHeaders { outputs, headers }
    }
}

/// The names that an operation gives to what `R` holds.
pub struct OutputNames<R, const N: usize, const M: usize = 0> {
    pub(super) names: [&'static str; N],
    pub(super) headers: [&'static str; M],
    returns: PhantomData<fn() -> R>,
}

/// The outputs of an operation that returns `R`.
pub fn outputs<R: Return<N>, const N: usize>(names: [&'static str; N]) -> OutputNames<R, N> {
    outputs_and_headers(names, [])
}

/// The outputs of an operation that returns `R`, and the headers of its reply.
pub fn outputs_and_headers<R: Return<N, M>, const N: usize, const M: usize>(
    names: [&'static str; N],
    headers: [&'static str; M],
) -> OutputNames<R, N, M> {
    OutputNames { names, headers, returns: PhantomData }
}

/// What a one-way operation can return.
#[diagnostic::on_unimplemented(
    message = "a `one_way` operation cannot return `{Self}`",
    label = "not sent to anybody",
    note = "it has no reply: it returns nothing, or a `Result<(), …>` whose error goes to the log"
)]
pub trait NoReply {}

#[diagnostic::do_not_recommend]
impl<R: Return<0, Outputs = (), Headers = ()>> NoReply for R {}

/// The outputs of an operation that has no reply.
pub fn no_reply<R: NoReply>() -> OutputNames<R, 0> {
    OutputNames { names: [], headers: [], returns: PhantomData }
}
