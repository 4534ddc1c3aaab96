//! The service of files as a program of its own: for tests that look at its memory, and a job with files.

#[path = "mod.rs"]
mod files;

use soap_runtime::{App, Attachment, ExitCode, Fault, Job, soap_service};

struct Mesher;

/// A long-running computation that takes a file and makes another.
#[soap_service(path = "/files/Mesher", namespace = "urn:files")]
impl Mesher {
    /// The file backwards.
    #[job(outputs(mesh))]
    async fn mesh(&self, _job: Job, geometry: Attachment) -> Result<Attachment, Fault> {
        let mut bytes = geometry.bytes().map_err(|error| Fault::server(error.to_string()))?.to_vec();
        bytes.reverse();
        Ok(bytes.into())
    }
}

fn main() -> ExitCode {
    App::new().service(files::Files).service(Mesher).run()
}
