//! Methods marked `#[job]`: what they run, and the description of the operations around them.

use std::marker::PhantomData;
use std::sync::Arc;

use super::arguments::Arguments;
use super::definition::{Definition, SoapService};
use super::executions::{AbortOperation, Execution, NotifyOperation, StartOperation, StatusOperation, message};
use super::incoming::Incoming;
use super::level::Level;
use super::method::Method;
use super::outputs::{OutputNames, Outputs, Return};
use super::policy::{Answers, OnFailure, STATUS, declared, published};
use crate::describe::{FaultDescription, OperationDescription, Part};
use crate::fault::Fault;
use crate::jobs::{BlockingJob, Job};
use crate::types::Status;
use crate::work::Work;
use crate::xml::{Limits, ReadError, Writer, read_root};

/// The type of a job's first parameter; made by [`handle`] and [`blocking_handle`].
pub struct Handle<H>(PhantomData<fn() -> H>);

/// What the first parameter of an `async` job can be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no handle of an `async` job",
    label = "no handle of an `async` job",
    note = "the first parameter of a job is its handle: `job: Job` in an `async fn`, `job: BlockingJob` in a plain `fn`"
)]
pub trait AsyncHandle: From<Job> + Send + 'static {}
impl AsyncHandle for Job {}

/// What the first parameter of a job in a plain `fn` can be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no handle of a job in a plain `fn`",
    label = "no handle of a job in a plain `fn`",
    note = "the first parameter of a job is its handle: `job: BlockingJob` in a plain `fn`, `job: Job` in an `async fn`"
)]
pub trait BlockingHandle: From<Job> + Send + 'static {}
impl BlockingHandle for BlockingJob {}

/// The handle that an `async` method takes.
pub fn handle<H: AsyncHandle>() -> Handle<H> {
    Handle(PhantomData)
}

/// The handle that a plain method takes.
pub fn blocking_handle<H: BlockingHandle>() -> Handle<H> {
    Handle(PhantomData)
}

/// What a job must return beside others: the same outputs.
#[diagnostic::on_unimplemented(
    message = "the jobs of a service must return the same outputs, and this one does not return those of the first",
    label = "not the outputs of `{First}`",
    note = "the workflow manager reads the outputs of all start methods off one `getServiceStatus`",
    note = "return the same type from both jobs, or write them for services of their own"
)]
pub trait SameOutputs<First, const N: usize> {}

/// That two types are one.
pub trait Is<A> {}
impl<A> Is<A> for A {}

#[diagnostic::do_not_recommend]
impl<A: Return<N>, B: Return<N>, const N: usize> SameOutputs<A, N> for B where B::Outputs: Is<A::Outputs> {}

/// Compiles if `B` returns the outputs that `A` does.
pub fn same_outputs<A, B: SameOutputs<A, N>, const N: usize>() {}

/// The method that a job of `S` runs, whatever its types.
pub(crate) trait JobMethod<S>: Send + Sync {
    /// The name of the operation that starts it.
    fn operation(&self) -> &'static str;

    /// What one attempt runs, with arguments from `request`. Its result are the outputs as XML.
    fn work(&self, service: &Arc<S>, job: Job, request: &str) -> Result<Work<Result<String, Fault>>, Fault>;

    /// Whether it may begin again when an attempt was lost.
    fn may_requeue(&self) -> bool;

    fn allow_requeue(&mut self);

    /// The outputs.
    fn outputs(&self) -> &[Part];

    /// The faults that it declares.
    fn faults(&self) -> Vec<FaultDescription>;
}

struct TypedJob<A, H, R, M, const N: usize> {
    operation: &'static str,
    arguments: Arc<A>,
    outputs: Arc<[Part]>,
    method: M,
    may_requeue: bool,
    types: PhantomData<fn(H) -> R>,
}

impl<S, A, H, R, M, const N: usize> JobMethod<S> for TypedJob<A, H, R, M, N>
where
    S: SoapService,
    A: Arguments,
    H: From<Job> + Send + 'static,
    R: Return<N>,
    M: Method<S, (H, A::Values), R>,
{
    fn operation(&self) -> &'static str {
        self.operation
    }

    fn work(&self, service: &Arc<S>, job: Job, request: &str) -> Result<Work<Result<String, Fault>>, Fault> {
        let values = read_request(&*self.arguments, request)
            .map_err(|error| Fault::server(format!("its arguments cannot be read any more: {error}")))?;
        let parts = Arc::clone(&self.outputs);
        Ok(self.method.work(Arc::clone(service), (H::from(job), values), move |returned: R| {
            let (outputs, _) = returned.into_result()?;
            let mut writer = Writer::with_capacity(outputs.size_hint() + 32 * parts.len());
            outputs.write(Level::Among, &parts, &mut writer);
            writer.finish().map_err(|error| Fault::server(format!("its outputs cannot be sent: {error}")))
        }))
    }

    fn may_requeue(&self) -> bool {
        self.may_requeue
    }

    fn allow_requeue(&mut self) {
        self.may_requeue = true;
    }

    fn outputs(&self) -> &[Part] {
        &self.outputs
    }

    fn faults(&self) -> Vec<FaultDescription> {
        R::faults()
    }
}

fn read_request<A: Arguments>(arguments: &A, request: &str) -> Result<A::Values, ReadError> {
    let document = format!("<job xmlns:tns=\"urn:job\">{request}</job>");
    let limits = Limits { depth: usize::MAX, attributes: usize::MAX, text: usize::MAX };
    read_root(document, limits, |job| Ok(arguments.read(&mut Incoming::recorded(job), &mut [])?.values))
}

impl<S: SoapService> Definition<S> {
    /// One job more, and the operation that starts it.
    #[must_use]
    pub fn job<H, A, V, R, const N: usize>(
        mut self,
        name: &'static str,
        docs: &'static str,
        _: Handle<H>,
        arguments: A,
        outputs: OutputNames<R, N>,
        method: impl Method<S, (H, V), R>,
    ) -> Self
    where
        H: From<Job> + Send + 'static,
        A: Arguments<Values = V>,
        R: Return<N>,
    {
        let execution = Execution::new();
        let outputs: Arc<[Part]> = published(R::Outputs::parts(Level::Among, name, outputs.names)).into();
        let mut faults = vec![declared()];
        faults.extend(R::faults());
        let description = OperationDescription {
            input: [execution.parts(), arguments.parts(Level::Among)].concat(),
            output: with_status(&outputs),
            faults,
            ..OperationDescription::new(name, docs)
        };
        let answers = self.answers(description);
        let arguments = Arc::new(arguments);
        let start = StartOperation { name, execution, arguments: Arc::clone(&arguments), answers: Arc::new(answers) };
        self.operations.push(Box::new(start));
        let types = PhantomData::<fn(H) -> R>;
        self.methods.push(Box::new(TypedJob {
            operation: name,
            arguments,
            outputs,
            method,
            may_requeue: false,
            types,
        }));
        self
    }

    /// The last job may begin again when an attempt to run it was lost.
    #[must_use]
    pub fn requeue(mut self) -> Self {
        self.methods.iter_mut().last().into_iter().for_each(|method| method.allow_requeue());
        self
    }

    /// The operations that all jobs share, but for those that are there already.
    #[must_use]
    pub fn job_operations(mut self, abort_output: &'static str, on_failure: OnFailure) -> Self {
        let outputs = self.methods.first().map(|method| method.outputs().to_vec()).unwrap_or_default();
        let faults = self.methods.iter().flat_map(|method| method.faults());
        let docs = "Says how far an execution is: a page to show, `UNCHANGED` if that is still the same, or `COMPLETED` \
                    together with the outputs.";
        let status = OperationDescription {
            input: Execution::new().parts(),
            output: with_status(&outputs),
            faults: distinct(std::iter::once(declared()).chain(faults)),
            ..OperationDescription::new("getServiceStatus", docs)
        };
        let docs = "Ends an execution with all that it started. It says true once nothing of it runs any more, also if \
                    it had ended before; what has ended by itself stays as it is.";
        let abort = OperationDescription {
            input: Execution::new().parts(),
            output: vec![Part::of::<bool>(abort_output, "Whether nothing of it is left.")],
            ..OperationDescription::new("abortService", docs)
        };
        let notify = OperationDescription {
            input: [Execution::new().parts(), vec![message().part(Level::Among)]].concat(),
            output: vec![Part::of::<String>("response", "OK, once the execution can see the message.")],
            ..OperationDescription::new("notifyService", "Hands a message to an execution.")
        };
        self.policy.agree(on_failure, outputs);
        if self.lacks(status.name) {
            let answers = Arc::new(self.answers(status));
            self.operations.push(Box::new(StatusOperation { execution: Execution::new(), answers }));
        }
        if self.lacks(abort.name) {
            let frame = self.describe(abort);
            self.operations.push(Box::new(AbortOperation { execution: Execution::new(), frame }));
        }
        if self.lacks(notify.name) {
            let frame = self.describe(notify);
            self.operations.push(Box::new(NotifyOperation { execution: Execution::new(), frame }));
        }
        self
    }

    fn lacks(&self, name: &str) -> bool {
        self.description.operations.iter().all(|operation| operation.name != name)
    }

    fn answers(&mut self, description: OperationDescription) -> Answers {
        let service = self.description.name;
        Answers { service, frame: self.describe(description), policy: Arc::clone(&self.policy) }
    }
}

fn with_status(outputs: &[Part]) -> Vec<Part> {
    let status = Part::of::<Status>(STATUS, "A page in base64, or one of the words COMPLETED and UNCHANGED.");
    std::iter::once(status).chain(outputs.iter().cloned()).collect()
}

/// Two jobs may declare the same fault.
fn distinct(faults: impl Iterator<Item = FaultDescription>) -> Vec<FaultDescription> {
    faults.fold(Vec::new(), |mut distinct, fault| {
        if !distinct.contains(&fault) {
            distinct.push(fault);
        }
        distinct
    })
}
