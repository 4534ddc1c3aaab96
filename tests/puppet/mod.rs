//! Services whose jobs do what they are told, so that a test knows what they do and when.
//!
//! Each takes a script, a step in each line; `script` knows the steps. The services differ in what
//! they tell of a failure.

mod script;

use soap_runtime::{BlockingJob, Job, JobError, SoapFault, soap_service};

use script::Puppeteer;

/// Why a puppet has no result.
#[derive(Debug, thiserror::Error, SoapFault)]
pub(crate) enum PuppetError {
    /// It was told to break.
    #[error("a string of the puppet broke: {which}")]
    Broken { which: String },
    /// It was told to refuse its arguments.
    #[error("the script is refused: {why}")]
    #[soap(client, name = "RefusedFault")]
    Refused { why: String },
    /// It could not go on.
    #[error("{0}")]
    Stopped(
        #[soap(skip)]
        #[from]
        JobError,
    ),
}

pub(crate) struct Puppet;

/// Tells of failures with faults.
#[soap_service(path = "/Puppet", namespace = "urn:puppet")]
impl Puppet {
    /// Plays a script.
    #[job(name = "startPuppet", outputs(result))]
    async fn play(&self, job: Job, #[soap(default)] script: String) -> Result<String, PuppetError> {
        Puppeteer::new(job).play(&script).await
    }

    /// Plays a script, again if the server went away meanwhile.
    #[job(name = "startStubborn", outputs(result), requeue)]
    async fn play_again(&self, job: Job, #[soap(default)] script: String) -> Result<String, PuppetError> {
        Puppeteer::new(job).play(&script).await
    }

    /// Ends with the error of the handle itself, which declares no fault.
    #[job(name = "startProgram", outputs(result))]
    async fn run(&self, job: Job, shell: String) -> Result<String, JobError> {
        Ok(job.run(script::shell(&shell)).await?.unwrap_or_default())
    }

    /// Computes on a thread, and looks up only when it says how far it is.
    #[job(name = "startBlocking", outputs(result))]
    fn block(&self, job: BlockingJob, parts: u32, milliseconds: u64) -> Result<String, JobError> {
        for part in 0..parts {
            std::thread::sleep(std::time::Duration::from_millis(milliseconds));
            job.progress_with(part + 1, parts, format!("part {part}"))?;
        }
        Ok(job.messages().join("|"))
    }
}

pub(crate) struct PagePuppet;

/// Tells of failures with a page.
#[soap_service(path = "/PagePuppet", namespace = "urn:puppet", on_failure(page))]
impl PagePuppet {
    /// Plays a script.
    #[job(name = "startPuppet", outputs(result))]
    async fn play(&self, job: Job, #[soap(default)] script: String) -> Result<String, PuppetError> {
        Puppeteer::new(job).play(&script).await
    }
}

pub(crate) struct CompletePuppet;

/// Tells of failures with an output.
#[soap_service(
    path = "/CompletePuppet",
    namespace = "urn:puppet",
    on_failure(complete(result)),
    abort_output = "aborted"
)]
impl CompletePuppet {
    /// Plays a script.
    #[job(name = "startPuppet", outputs(result))]
    async fn play(&self, job: Job, #[soap(default)] script: String) -> Result<String, PuppetError> {
        Puppeteer::new(job).play(&script).await
    }
}
