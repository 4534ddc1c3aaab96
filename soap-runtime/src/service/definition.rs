//! A service's operations and their description, before there is an instance to call.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use tracing::Span;

use super::arguments::{Arguments, Decoded, Incoming, Place};
use super::jobs::JobMethod;
use super::method::Method;
use super::outputs::{OutputNames, Outputs, Return};
use super::policy::Policy;
use crate::describe::{DescriptionError, Naming, OperationDescription, ServiceDescription};
use crate::envelope::{Exchange, ReplyFrame};
use crate::fault::Fault;
use crate::jobs::Jobs;
use crate::work::Work;
use crate::xml::ReadError;

/// A type whose methods are a SOAP service; `#[soap_service]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no SOAP service",
    note = "write `#[soap_service]` on the `impl {Self}` block that holds its methods"
)]
pub trait SoapService: Send + Sync + Sized + 'static {
    /// Its operations.
    fn definition() -> Definition<Self>;
}

/// The operations of a service `S`.
pub struct Definition<S> {
    pub(crate) description: ServiceDescription,
    pub(crate) operations: Vec<Box<dyn Operation<S>>>,
    /// What the jobs among them run.
    pub(crate) methods: Vec<Box<dyn JobMethod<S>>>,
    /// What all jobs of the service have in common.
    pub(super) policy: Arc<Policy>,
}

impl<S: SoapService> Definition<S> {
    /// A service without operations.
    pub fn new(
        name: &'static str,
        namespace: impl Into<Cow<'static, str>>,
        path: impl Into<Cow<'static, str>>,
        naming: Naming,
        docs: &'static str,
    ) -> Self {
        let (namespace, path) = (namespace.into(), path.into());
        let description = ServiceDescription { name, namespace, path, naming, docs, operations: Vec::new() };
        Self { description, operations: Vec::new(), methods: Vec::new(), policy: Arc::default() }
    }

    /// One operation more.
    #[must_use]
    pub fn operation<A, V, R, const N: usize>(
        mut self,
        name: &'static str,
        docs: &'static str,
        arguments: A,
        outputs: OutputNames<R, N>,
        method: impl Method<S, V, R>,
    ) -> Self
    where
        A: Arguments<Values = V>,
        R: Return<N>,
    {
        let description = OperationDescription {
            input: arguments.parts(Place::Body),
            input_headers: arguments.parts(Place::Header),
            output: R::Outputs::parts(name, outputs.names),
            faults: R::faults(),
            ..OperationDescription::new(name, docs)
        };
        let frame = self.describe(description);
        self.operations.push(Box::new(TypedOperation { arguments, method, frame, returns: PhantomData }));
        self
    }

    /// One operation more in the description, whose replies look like this.
    pub(super) fn describe(&mut self, description: OperationDescription) -> Arc<ReplyFrame> {
        let frame = Arc::new(ReplyFrame::new(&self.description.namespace, &description));
        self.description.operations.push(description);
        frame
    }

    /// Whether the service can be published.
    pub(crate) fn check(&self) -> Result<(), DescriptionError> {
        self.description.check()?;
        self.policy.check(&self.description)
    }
}

/// What an operation works on.
pub(crate) struct Context<S> {
    pub(crate) service: Arc<S>,
    pub(crate) jobs: Jobs,
}

/// A request that was understood: what to run, and the span that its log lines belong to.
pub(crate) struct Call {
    pub(crate) work: Work<Result<String, Fault>>,
    pub(crate) span: Span,
}

/// An operation of `S`, whatever its types.
pub(crate) trait Operation<S>: Send + Sync {
    /// Decodes the arguments. Nothing of the method runs before the work is started.
    fn decode(&self, context: &Context<S>, incoming: Incoming<'_, '_>, exchange: &Exchange) -> Result<Call, ReadError>;
}

struct TypedOperation<A, R, M, const N: usize> {
    arguments: A,
    method: M,
    frame: Arc<ReplyFrame>,
    returns: PhantomData<fn() -> R>,
}

impl<S, A, R, M, const N: usize> Operation<S> for TypedOperation<A, R, M, N>
where
    S: SoapService,
    A: Arguments,
    R: Return<N>,
    M: Method<S, A::Values, R>,
{
    fn decode(
        &self,
        context: &Context<S>,
        mut incoming: Incoming<'_, '_>,
        exchange: &Exchange,
    ) -> Result<Call, ReadError> {
        let Decoded { values, span } = self.arguments.read(&mut incoming, &mut [])?;
        let (frame, exchange) = (Arc::clone(&self.frame), exchange.clone());
        let work = self.method.work(Arc::clone(&context.service), values, move |returned: R| {
            let outputs = returned.into_result()?;
            frame.reply(&exchange, outputs.size_hint(), |parts, writer| outputs.write(parts, writer))
        });
        Ok(Call { work, span })
    }
}
