//! One request to one service: bytes in, bytes out. Knows nothing of HTTP.

mod choice;
mod running;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::attachment::{Attached, Message, Parts};
use crate::describe::{DescriptionError, ServiceDescription};
use crate::envelope::{
    Exchange, HeaderBlocks, HeaderHandler, Opened, Refusal, Version, finish, no_operation, open, write_fault,
};
use crate::extensions::Addressing;
use crate::fault::{Fault, FaultCode};
use crate::jobs::{Job, JobMethods, Jobs};
use crate::origin::{NOWHERE, Origin, Trace};
use crate::service::{Call, Context, Definition, Incoming, JobMethod, Operation, SoapService};
use crate::work::Work;
use crate::wsdl::reply_action;
use crate::xml::{Document, Element, Limits, ReadError};
use running::{on_a_thread, panicked, run};

/// Longer bodies are decoded on a thread: at 20 to 40 MB a second they would hold up the event loop.
const LONG: usize = 1 << 20;

/// So many messages in one direction may be worked at: nobody waits for them, so that no number of connections
/// bounds them.
const MOST_ONE_WAY: usize = 1024;

/// A service with an instance to call: what a server publishes.
///
/// ```
/// # use soap_runtime::{Service, soap_service};
/// struct Greeter;
///
/// #[soap_service]
/// impl Greeter {
///     #[operation(outputs(greeting))]
///     async fn greet(&self, name: String) -> String {
///         format!("Hello, {name}!")
///     }
/// }
///
/// let service = Service::new(Greeter)?;
/// assert_eq!(service.description().operations[0].name, "greet");
/// # Ok::<(), soap_runtime::DescriptionError>(())
/// ```
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    description: ServiceDescription,
    target: Arc<dyn Target>,
    /// What the reply of each operation is called.
    reply_actions: Vec<Option<String>>,
    handlers: Vec<Arc<dyn HeaderHandler>>,
    has_jobs: bool,
    jobs: Jobs,
    /// Places for messages in one direction.
    one_way: Arc<Semaphore>,
}

/// A request to a service, free of its transport.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The message.
    pub body: Bytes,
    /// What the transport says about its encoding.
    pub charset: Option<&'a str>,
    /// What the transport says is wanted: the header `SOAPAction` without its quotes, or the parameter
    /// `action` of SOAP 1.2. Nothing depends on it but requests whose Body is empty.
    pub action: Option<&'a str>,
    /// How much of it is looked at.
    pub limits: Limits,
}

/// The operations of a service, whatever its type.
trait Target: Send + Sync {
    fn decode(&self, operation: usize, incoming: Incoming<'_, '_>, exchange: &Exchange) -> Result<Call, ReadError>;
}

struct Bound<S> {
    context: Context<S>,
    operations: Vec<Box<dyn Operation<S>>>,
    methods: Vec<Box<dyn JobMethod<S>>>,
}

impl<S: SoapService> Target for Bound<S> {
    fn decode(&self, operation: usize, incoming: Incoming<'_, '_>, exchange: &Exchange) -> Result<Call, ReadError> {
        self.operations[operation].decode(&self.context, incoming, exchange)
    }
}

impl<S: SoapService> Bound<S> {
    fn method(&self, operation: &str) -> Option<&dyn JobMethod<S>> {
        self.methods.iter().find(|method| method.operation() == operation).map(|method| &**method)
    }
}

impl<S: SoapService> JobMethods for Bound<S> {
    fn work(&self, operation: &str, job: Job, request: &str) -> Result<Work<Result<String, Fault>>, Fault> {
        match self.method(operation) {
            Some(method) => method.work(&self.context.service, job, request),
            None => Err(Fault::server(format!("the service has no job `{operation}` any more"))),
        }
    }

    fn may_requeue(&self, operation: &str) -> bool {
        self.method(operation).is_some_and(JobMethod::may_requeue)
    }
}

/// A request whose message was read.
pub(crate) struct Understood {
    /// Which operation is meant, by its place in the description, if that is known.
    pub(crate) operation: Option<usize>,
    call: Result<(Exchange, Call), Refusal>,
}

/// The answer to a request: a message, and what to tell the transport about it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reply {
    /// The version of SOAP that the message is in.
    pub version: Version,
    /// The message; empty if the operation has no reply. Where an attachment stands, there is nothing
    /// yet: [`Reply::into_text`] has it whole.
    pub body: String,
    /// The fault that the message says, if it says one.
    pub fault: Option<Fault>,
    /// Whether the operation has no reply, and goes on.
    pub is_accepted: bool,
    pub(crate) attached: Vec<Attached>,
}

impl Reply {
    fn of(version: Version, message: Message) -> Self {
        let (body, attached) = message.into_parts();
        Self { version, body, fault: None, is_accepted: false, attached }
    }

    /// The whole message, attachments as base64.
    ///
    /// # Errors
    /// If one of them cannot be read from the disk.
    pub fn into_text(self) -> io::Result<String> {
        Message::new(self.body, self.attached).into_text()
    }
}

impl Service {
    /// Makes the methods of `service` callable.
    ///
    /// # Errors
    /// If its description breaks a rule that the macro could not see.
    pub fn new<S: SoapService>(service: S) -> Result<Self, DescriptionError> {
        Self::with_jobs(service, &Jobs::new())
    }

    /// The same for a service that has methods marked `#[job]`, whose executions are among `jobs`.
    ///
    /// # Errors
    /// As [`Service::new`].
    pub fn with_jobs<S: SoapService>(service: S, jobs: &Jobs) -> Result<Self, DescriptionError> {
        let definition = S::definition();
        definition.check()?;
        let Definition { description, operations, methods, .. } = definition;
        let has_jobs = !methods.is_empty();
        let jobs = if has_jobs { jobs.of(description.name) } else { jobs.clone() };
        let context = Context { service: Arc::new(service), jobs: jobs.clone() };
        let bound = Arc::new(Bound { context, operations, methods });
        if has_jobs {
            let methods: std::sync::Weak<dyn JobMethods> = Arc::downgrade(&bound) as _;
            jobs.add(description.name, methods);
        }
        let replies = description.operations.iter().map(|operation| reply_action(&description, operation));
        let reply_actions = replies.collect();
        let handlers: Vec<Arc<dyn HeaderHandler>> = vec![Arc::new(Addressing)];
        let one_way = Arc::new(Semaphore::new(MOST_ONE_WAY));
        let inner = Inner { description, target: bound, reply_actions, handlers, has_jobs, jobs, one_way };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The same service with an extension of SOAP that stands in headers. Handlers are asked in the order
    /// in which they were added.
    #[must_use]
    pub fn with_header_handler(self, handler: impl HeaderHandler) -> Self {
        let Inner { description, target, reply_actions, handlers, has_jobs, jobs, one_way } = &*self.inner;
        let mut handlers = handlers.clone();
        handlers.push(Arc::new(handler));
        Self {
            inner: Arc::new(Inner {
                description: description.clone(),
                target: Arc::clone(target),
                reply_actions: reply_actions.clone(),
                handlers,
                has_jobs: *has_jobs,
                jobs: jobs.clone(),
                one_way: Arc::clone(one_way),
            }),
        }
    }

    /// Whether it has jobs, and they are kept nowhere: then nothing of it can be started.
    pub(crate) fn lacks_a_place_for_jobs(&self) -> bool {
        self.inner.has_jobs && !self.inner.jobs.is_open()
    }

    /// The jobs that its executions are among.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.inner.jobs
    }

    /// What the service is.
    pub fn description(&self) -> &ServiceDescription {
        &self.inner.description
    }

    /// Answers a request.
    ///
    /// Always answers: whatever is wrong comes back as a fault, a panic in the method as well. Once
    /// the method has begun it goes on to its end, even if the caller drops this future.
    pub async fn call(&self, request: Request<'_>) -> Reply {
        let understood = self.understand(request, Parts::default(), &NOWHERE).await;
        self.carry_out(understood, &NOWHERE).await
    }

    /// The first half of a call: finds out what is asked for. The message may have come with parts beside it, and
    /// over a transport that tells where from.
    pub(crate) async fn understand(&self, request: Request<'_>, parts: Parts, origin: &Origin) -> Understood {
        match request.body.len() {
            ..=LONG if parts.are_none() => self.decode_here(request, parts, origin),
            // Parts may be on the disk.
            _ => self.decode_aside(request, parts, origin.clone()).await,
        }
    }

    /// The second half: does it.
    pub(crate) async fn carry_out(&self, understood: Understood, origin: &Origin) -> Reply {
        match understood.call {
            Ok((exchange, call)) if call.is_one_way => match Arc::clone(&self.inner.one_way).try_acquire_owned() {
                Ok(place) => {
                    self.clone().go_on(call, place, origin.trace());
                    Reply { is_accepted: true, ..Reply::of(exchange.version, String::new().into()) }
                }
                Err(_) => {
                    let message = format!("{MOST_ONE_WAY} messages are still being worked at; try again later");
                    call.span.in_scope(|| self.refuse(&exchange, Fault::server(message)))
                }
            },
            Ok((exchange, Call { work, span, .. })) => match run(work, &span, origin.trace()).await {
                Ok(message) => Reply::of(exchange.version, message),
                Err(fault) => span.in_scope(|| self.refuse(&exchange, fault)),
            },
            Err(Refusal { exchange, fault }) => {
                let operation = understood.operation.map(|at| self.inner.description.operations[at].name);
                origin.span(operation).in_scope(|| self.refuse(&exchange, fault))
            }
        }
    }

    /// Runs the method although nobody waits for it: only the log hears of a failure.
    fn go_on(self, Call { work, span, .. }: Call, place: OwnedSemaphorePermit, trace: Option<Trace>) {
        tokio::spawn(async move {
            let _place = place;
            if let Err(fault) = run(work, &span, trace).await {
                span.in_scope(|| self.log(&fault));
            }
        });
    }

    /// The fault as a message, and as a line in the log.
    pub(crate) fn refuse(&self, exchange: &Exchange, fault: Fault) -> Reply {
        self.log(&fault);
        let body = write_fault(exchange, (&self.inner.description.namespace, self.inner.description.form), &fault);
        Reply { fault: Some(fault), ..Reply::of(exchange.version, body.into()) }
    }

    fn log(&self, fault: &Fault) {
        let service = self.inner.description.name;
        // As fields, for a message may repeat what a caller sent: fields are quoted and escaped.
        match fault.code() {
            FaultCode::Server => {
                tracing::error!(service, fault = fault.message_for_log(), cause = fault.log(), "failed")
            }
            _ => tracing::info!(service, fault = fault.message_for_log(), cause = fault.log(), "refused"),
        }
    }

    fn decode_here(&self, request: Request<'_>, parts: Parts, origin: &Origin) -> Understood {
        let mut operation = None;
        // Types of the author's own may panic while they are read; nothing outlives such a request.
        let decoded = catch_unwind(AssertUnwindSafe(|| self.decode(request, parts, origin, &mut operation)));
        let call = decoded.unwrap_or_else(|panic| Err(Refusal::new(Version::Soap11, panicked(&*panic))));
        Understood { operation, call }
    }

    /// Decodes on a thread of its own, for it takes long: every other call would have to wait.
    async fn decode_aside(&self, request: Request<'_>, parts: Parts, origin: Origin) -> Understood {
        let Request { body, charset, action, limits } = request;
        let (service, charset, action) = (self.clone(), charset.map(str::to_owned), action.map(str::to_owned));
        let decode = move || {
            let request = Request { body, charset: charset.as_deref(), action: action.as_deref(), limits };
            service.decode_here(request, parts, &origin)
        };
        let refused = |fault| Understood { operation: None, call: Err(Refusal::new(Version::Soap11, fault)) };
        on_a_thread(decode).await.unwrap_or_else(refused)
    }

    /// Says in `recognised` which operation is meant as soon as it knows, whatever is wrong with the rest.
    fn decode(
        &self,
        request: Request<'_>,
        parts: Parts,
        origin: &Origin,
        recognised: &mut Option<usize>,
    ) -> Result<(Exchange, Call), Refusal> {
        let unknown_version = |error: ReadError| Refusal::new(Version::Soap11, Fault::from(error));
        let mut document = Document::new(request.body, request.charset).map_err(unknown_version)?;
        let mut reader = document.reader(request.limits).map_err(unknown_version)?;
        reader.set_parts(parts);
        let Opened { headers, is_empty } = open(&mut reader, &self.inner.handlers)?;
        let description = &self.inner.description;
        let operation = match is_empty {
            true => choice::by_action(description, request.action, || no_operation(&reader)),
            false => choice::by_element(description, &Element::of(&mut reader)),
        };
        *recognised = operation.as_ref().ok().copied();
        let described = recognised.map(|at| &description.operations[at]);
        let reply_action = recognised.and_then(|at| self.inner.reply_actions[at].as_deref());
        let exchange = headers.settle(&description.namespace, described, request.action, reply_action)?;
        let refusal = |fault| Refusal::new(exchange.clone(), fault);
        let at = operation.map_err(refusal)?;
        let operation = &description.operations[at];
        let headers = match operation.input_headers.is_empty() {
            true => None,
            false => Some(HeaderBlocks::of(&reader, exchange.version, &description.namespace).map_err(refusal)?),
        };
        let (request, body) = (Element::of(&mut reader), operation.body);
        let incoming = Incoming { operation: operation.name, request, body, is_empty, headers, origin };
        let call = self.inner.target.decode(at, incoming, &exchange);
        let call = call.map_err(|error| refusal(error.into()))?;
        finish(&mut reader, is_empty).map_err(refusal)?;
        Ok((exchange, call))
    }
}
