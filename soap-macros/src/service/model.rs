//! What a service is to the macro: names, texts and types, each with its place in the source.

use proc_macro2::TokenStream;
use syn::{Ident, LitStr, Path, ReturnType, Type};

use crate::attrs::Form;
use crate::default::Default;
use crate::facets::Facets;
use crate::keys;
use crate::naming::Name;

/// A service, from the block or the trait, and the keys of `#[soap_service]`.
pub(crate) struct Service {
    pub(crate) of: Of,
    /// What calls it, if that is wanted.
    pub(crate) client: Option<Client>,
    pub(crate) name: Name,
    pub(crate) namespace: Name,
    pub(crate) path: Name,
    pub(crate) naming: Naming,
    pub(crate) style: Style,
    pub(crate) form: Form,
    /// Whether it is described elsewhere, and nothing that the platform asks of a service is asked of it.
    pub(crate) is_foreign: bool,
    /// Whether the WSDL has a port for SOAP 1.2 as well.
    pub(crate) soap12: bool,
    pub(crate) docs: String,
    /// In the order of the methods.
    pub(crate) operations: Vec<Operation>,
    pub(crate) on_failure: OnFailure,
    /// What `abortService` calls its output, if the author says.
    pub(crate) abort_output: Option<Name>,
}

/// What has the methods.
pub(crate) enum Of {
    /// A type, in a block of its own.
    Type(Box<Type>),
    /// A trait.
    Trait(Ident),
}

/// The type whose methods call a service.
pub(crate) struct Client {
    pub(crate) visibility: TokenStream,
    pub(crate) ident: Ident,
}

/// The runtime's `Naming`.
#[derive(Clone, Copy, Default)]
pub(crate) enum Naming {
    #[default]
    Standard,
    FlaskSpyne,
    Spyne,
}

/// The runtime's `Style`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Style {
    #[default]
    Document,
    Rpc,
}

/// The runtime's `OnFailure`: how the platform hears that a job has failed.
#[derive(Default)]
pub(crate) enum OnFailure {
    #[default]
    Fault,
    Page,
    /// With the output that tells the reason.
    Complete(Name),
}

/// A method marked `#[operation]`, or `#[job]`: then it is the operation that starts one.
pub(crate) struct Operation {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) docs: String,
    pub(crate) execution: Execution,
    /// Those that are arguments.
    pub(crate) parameters: Vec<Parameter>,
    /// The names in `outputs(…)`.
    pub(crate) outputs: Vec<Name>,
    /// The names in `headers(…)`.
    pub(crate) headers: Vec<Name>,
    pub(crate) messages: Messages,
    pub(crate) returns: ReturnType,
    /// What only a job has.
    pub(crate) job: Option<Job>,
}

impl Operation {
    /// The name of the element that a request holds.
    pub(crate) fn request(&self) -> &Name {
        self.messages.request.as_ref().unwrap_or(&self.name)
    }

    pub(crate) fn kind(&self) -> Kind {
        if self.job.is_some() { Kind::Job } else { Kind::Operation }
    }
}

/// How the messages of an operation look, where that is said.
#[derive(Default)]
pub(crate) struct Messages {
    /// The word `bare`.
    pub(crate) bare: Option<Path>,
    /// The word `one_way`.
    pub(crate) one_way: Option<Path>,
    /// Names of elements.
    pub(crate) request: Option<Name>,
    pub(crate) response: Option<Name>,
    /// `soapAction`.
    pub(crate) action: Option<LitStr>,
}

/// What a job has beside what every operation has.
pub(crate) struct Job {
    /// The type of the parameter that is no argument.
    pub(crate) handle: Type,
    /// Whether it may begin again when its attempt was lost.
    pub(crate) requeue: bool,
}

/// What a mark makes of its method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Operation,
    Job,
}

impl Kind {
    /// The word of the mark.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Operation => keys::OPERATION,
            Self::Job => keys::JOB,
        }
    }

    /// The same as words for a message.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Operation => "an operation",
            Self::Job => "a job",
        }
    }
}

/// How the runtime calls the method.
#[derive(Clone, Copy)]
pub(crate) enum Execution {
    Async,
    Blocking,
}

/// A parameter that is an argument.
pub(crate) struct Parameter {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) docs: String,
    pub(crate) ty: Type,
    /// Of its element, where it is not the one that it would have anyway.
    pub(crate) namespace: Option<Name>,
    pub(crate) is_header: bool,
    pub(crate) default: Option<Default>,
    /// The wider type of XML Schema that the WSDL says.
    pub(crate) published_as: Option<LitStr>,
    pub(crate) facets: Facets,
}
