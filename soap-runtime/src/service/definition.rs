//! A service's operations and their description, before there is an instance to call.

use std::borrow::Cow;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use tracing::Span;

use super::arguments::{Arguments, Decoded};
use super::headers::ReplyHeaders;
use super::incoming::Incoming;
use super::jobs::JobMethod;
use super::level::Level;
use super::method::Method;
use super::outputs::{OutputNames, Outputs, Return};
use super::policy::Policy;
use crate::attachment::Message;
use crate::describe::{Body, DescriptionError, Form, Naming, OperationDescription, ServiceDescription, Style};
use crate::envelope::{Exchange, ReplyFrame, Sizes};
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
        let (style, form, operations) = (Style::default(), Form::default(), Vec::new());
        let (is_foreign, soap12) = (false, false);
        let description =
            ServiceDescription { name, namespace, path, naming, style, form, is_foreign, soap12, docs, operations };
        Self { description, operations: Vec::new(), methods: Vec::new(), policy: Arc::default() }
    }

    /// In rpc/literal, and not in document/literal; before the operations.
    #[must_use]
    pub fn rpc(mut self) -> Self {
        self.description.style = Style::Rpc;
        self
    }

    /// With elements in no namespace where they stand in others; before the operations.
    #[must_use]
    pub fn unqualified(mut self) -> Self {
        self.description.form = Form::Unqualified;
        self
    }

    /// Described elsewhere: what the platform asks of services is not asked of it.
    #[must_use]
    pub fn foreign(mut self) -> Self {
        self.description.is_foreign = true;
        self
    }

    /// With a port for SOAP 1.2 as well.
    #[must_use]
    pub fn soap12(mut self) -> Self {
        self.description.soap12 = true;
        self
    }

    /// One operation more.
    #[must_use]
    pub fn operation<A, V, R, const N: usize, const M: usize>(
        mut self,
        name: impl Into<Named>,
        docs: &'static str,
        arguments: A,
        outputs: OutputNames<R, N, M>,
        method: impl Method<S, V, R>,
    ) -> Self
    where
        A: Arguments<Values = V>,
        R: Return<N, M>,
    {
        let named = name.into();
        let body = named.body(self.description.style);
        let level = level_of(body);
        let whole = OperationDescription::new(named.name, docs);
        let description = OperationDescription {
            body,
            request: named.request.map_or_else(|| whole.request.clone(), Into::into),
            response: named.response.map_or_else(|| whole.response.clone(), Into::into),
            action: named.action,
            is_one_way: named.is_one_way,
            input: arguments.parts(level),
            input_headers: arguments.parts(Level::Header),
            output: R::Outputs::parts(level, named.name, outputs.names),
            output_headers: R::Headers::parts(outputs.headers),
            // A one-way operation cannot declare faults (WSDL 1.1 §2.4.1).
            faults: if named.is_one_way { Vec::new() } else { R::faults() },
            ..whole
        };
        let is_one_way = description.is_one_way;
        let frame = self.describe(description);
        self.operations.push(Box::new(TypedOperation {
            arguments,
            method,
            level,
            frame,
            is_one_way,
            returns: PhantomData,
        }));
        self
    }

    /// One operation more in the description, whose replies look like this.
    pub(super) fn describe(&mut self, description: OperationDescription) -> Arc<ReplyFrame> {
        let frame = Arc::new(ReplyFrame::new(&self.description.namespace, self.description.form, &description));
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
    pub(crate) work: Work<Result<Message, Fault>>,
    pub(crate) span: Span,
    /// Whether nobody waits for what comes of it.
    pub(crate) is_one_way: bool,
}

impl Call {
    /// One whose caller waits for what comes of `work`, on the event loop.
    pub(super) fn awaited(span: Span, work: impl Future<Output = Result<Message, Fault>> + Send + 'static) -> Self {
        Self { work: Work::Async(Box::pin(work)), span, is_one_way: false }
    }
}

/// An operation of `S`, whatever its types.
pub(crate) trait Operation<S>: Send + Sync {
    /// Decodes the arguments. Nothing of the method runs before the work is started.
    fn decode(&self, context: &Context<S>, incoming: Incoming<'_, '_>, exchange: &Exchange) -> Result<Call, ReadError>;
}

struct TypedOperation<A, R, M, const OUT: usize, const HEAD: usize> {
    arguments: A,
    method: M,
    /// Where its outputs stand.
    level: Level,
    frame: Arc<ReplyFrame>,
    is_one_way: bool,
    returns: PhantomData<fn() -> R>,
}

impl<S, A, R, M, const OUT: usize, const HEAD: usize> Operation<S> for TypedOperation<A, R, M, OUT, HEAD>
where
    S: SoapService,
    A: Arguments,
    R: Return<OUT, HEAD>,
    M: Method<S, A::Values, R>,
{
    fn decode(
        &self,
        context: &Context<S>,
        mut incoming: Incoming<'_, '_>,
        exchange: &Exchange,
    ) -> Result<Call, ReadError> {
        let Decoded { values, span } = self.arguments.read(&mut incoming, &mut [])?;
        let (frame, exchange, level) = (Arc::clone(&self.frame), exchange.clone(), self.level);
        let work = self.method.work(Arc::clone(&context.service), values, move |returned: R| {
            let (outputs, headers) = returned.into_result()?;
            let sizes = Sizes { outputs: outputs.size_hint(), headers: headers.size_hint() };
            frame.reply_with_headers(
                &exchange,
                sizes,
                |parts, writer| headers.write(parts, writer),
                |parts, writer| outputs.write(level, parts, writer),
            )
        });
        Ok(Call { work, span, is_one_way: self.is_one_way })
    }
}

/// How outputs and arguments stand in such a Body.
pub(crate) fn level_of(body: Body) -> Level {
    match body {
        Body::Wrapped => Level::Among,
        Body::Bare | Body::Rpc => Level::Alone,
    }
}

/// The name of an operation, and how its messages look.
pub struct Named {
    name: &'static str,
    request: Option<&'static str>,
    response: Option<&'static str>,
    action: Option<&'static str>,
    is_bare: bool,
    is_one_way: bool,
}

/// An operation called `name`.
pub fn named(name: &'static str) -> Named {
    Named { name, request: None, response: None, action: None, is_bare: false, is_one_way: false }
}

impl From<&'static str> for Named {
    fn from(name: &'static str) -> Self {
        named(name)
    }
}

impl Named {
    /// The element of the request has another name than the operation.
    #[must_use]
    pub fn request(self, element: &'static str) -> Self {
        Self { request: Some(element), ..self }
    }

    /// The element of the reply has another name.
    #[must_use]
    pub fn response(self, element: &'static str) -> Self {
        Self { response: Some(element), ..self }
    }

    /// `soapAction` is another one than the naming makes of the name.
    #[must_use]
    pub fn action(self, action: &'static str) -> Self {
        Self { action: Some(action), ..self }
    }

    /// The elements are the argument and the output themselves.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { is_bare: true, ..self }
    }

    /// There is no reply.
    #[must_use]
    pub fn one_way(self) -> Self {
        Self { is_one_way: true, ..self }
    }

    fn body(&self, style: Style) -> Body {
        match style {
            Style::Rpc => Body::Rpc,
            Style::Document if self.is_bare => Body::Bare,
            Style::Document => Body::Wrapped,
        }
    }
}
