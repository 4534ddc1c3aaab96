//! Two services that tell of failures otherwise than with a fault.

use std::time::Duration;

use soap_runtime::{Fault, Job, soap_service};

/// Tells with a page.
pub(crate) struct Pages;

/// Tells with a page why a job has failed.
#[soap_service(path = "/lab/Pages", namespace = "tns", on_failure(page))]
impl Pages {
    /// Waits for a while and then fails, if told so.
    #[job(name = "startEnding", outputs(result))]
    async fn ending(&self, job: Job, fails: bool, #[soap(default = 0)] milliseconds: u32) -> Result<String, Fault> {
        ending(job, fails, milliseconds).await
    }
}

/// Tells with an output.
pub(crate) struct Completes;

/// Completes with the reason why a job has failed.
#[soap_service(path = "/lab/Completes", namespace = "tns", on_failure(complete(result)), abort_output = "stopped")]
impl Completes {
    /// Waits for a while and then fails, if told so.
    #[job(name = "startEnding", outputs(result))]
    async fn ending(&self, job: Job, fails: bool, #[soap(default = 0)] milliseconds: u32) -> Result<String, Fault> {
        ending(job, fails, milliseconds).await
    }
}

async fn ending(job: Job, fails: bool, milliseconds: u32) -> Result<String, Fault> {
    job.sleep(Duration::from_millis(milliseconds.into())).await?;
    if fails { Err(Fault::server("it was told to fail")) } else { Ok("ended".to_owned()) }
}
