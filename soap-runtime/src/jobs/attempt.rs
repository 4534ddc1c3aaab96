//! The files of one attempt to run a job in a process of its own: `attempt-1/` in the job's folder.
//!
//! | file | content |
//! | --- | --- |
//! | the folder itself | made by the process that runs the attempt; a second copy of it finds the folder there, and leaves. A server that wants it never to run puts an empty file in its place |
//! | `process` | which process that is |
//! | `outputs.xml`, `fault.xml` | the outputs, or the detail of a declared fault |
//! | `exit` | how it ended; written last, so that whoever sees it sees the others as well |

use std::io;

use super::folder::{Folder, LONGEST};
use super::processes::Identity;
use super::state::{Ending, Failure};
use crate::fault::FaultCode;

/// One attempt to run a job.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    folder: Folder,
}

impl Attempt {
    pub(crate) fn new(job: &Folder, number: u32) -> Self {
        Self { folder: job.inner(&format!("attempt-{number}")) }
    }

    /// Takes the attempt for this process; `false` if somebody has taken it before.
    pub(crate) fn claim(&self) -> io::Result<bool> {
        self.folder.make_new()
    }

    /// Keeps everybody from ever running the attempt; `false` if a process has taken it before. It is one
    /// step, and can be told afterwards: a server may die over it, and the next one has to know that
    /// nothing ever ran.
    pub(crate) fn withdraw(&self) -> io::Result<bool> {
        self.folder.keep_from_being_made()
    }

    pub(crate) fn write_process(&self, process: &Identity) -> io::Result<()> {
        self.folder.write("process", process.to_string())
    }

    pub(crate) fn process(&self) -> Option<Identity> {
        self.folder.read("process", 200).ok()??.parse().ok()
    }

    pub(crate) fn write_ending(&self, ending: &Ending) -> io::Result<()> {
        match ending {
            Ending::Completed(outputs) => {
                self.folder.write("outputs.xml", outputs)?;
                self.folder.write("exit", "completed\n")
            }
            Ending::Aborted => self.folder.write("exit", "aborted\n"),
            Ending::Failed(Failure { code, reason, detail }) => {
                if let Some(detail) = detail {
                    self.folder.write("fault.xml", detail)?;
                }
                let whose = if *code == FaultCode::Client { "client" } else { "server" };
                self.folder.write("exit", format!("failed {whose}\n{reason}"))
            }
        }
    }

    /// How it ended, if its process has come to say so.
    pub(crate) fn ending(&self) -> io::Result<Option<Ending>> {
        let Some(exit) = self.folder.read("exit", LONGEST)? else { return Ok(None) };
        let (word, reason) = exit.split_once('\n').unwrap_or((&exit, ""));
        let failed = |code| -> io::Result<Ending> {
            let detail = self.folder.read("fault.xml", LONGEST)?;
            Ok(Ending::Failed(Failure { code, reason: reason.to_owned(), detail }))
        };
        Ok(Some(match word {
            "completed" => Ending::Completed(self.outputs()?),
            "aborted" => Ending::Aborted,
            "failed client" => failed(FaultCode::Client)?,
            "failed server" => failed(FaultCode::Server)?,
            _ => return Err(io::Error::other("`exit` says nothing that is known")),
        }))
    }

    /// They are the result of the work: all of them, however long.
    fn outputs(&self) -> io::Result<String> {
        let outputs = self.folder.read("outputs.xml", u64::MAX)?;
        outputs.ok_or_else(|| io::Error::other("`outputs.xml` is not there"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_claimed_once_and_its_end_is_read_back() {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let job = Folder::at(directory.path());
        for (number, ending) in [
            Ending::Completed("<tns:result>größe</tns:result>".to_owned()),
            Ending::Aborted,
            Ending::Failed(Failure::new("first line\nsecond line")),
            Ending::Failed(Failure { code: FaultCode::Client, reason: String::new(), detail: Some("<tns:X/>".into()) }),
        ]
        .into_iter()
        .enumerate()
        {
            let attempt = Attempt::new(&job, number as u32);
            assert!(attempt.claim().expect("made") && !attempt.claim().expect("found"));
            assert!(!attempt.withdraw().expect("found"));
            assert_eq!(attempt.process(), None);
            let own = Identity::own().expect("it runs");
            attempt.write_process(&own).expect("written");
            assert_eq!(attempt.process(), Some(own));
            assert_eq!(attempt.ending().expect("nothing yet"), None);
            attempt.write_ending(&ending).expect("written");
            assert_eq!(attempt.ending().expect("readable"), Some(ending));
        }
    }

    #[test]
    fn an_attempt_that_was_withdrawn_is_never_claimed() {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let attempt = Attempt::new(&Folder::at(directory.path()), 1);
        // By one server, and by the next one.
        assert!(attempt.withdraw().expect("made") && attempt.withdraw().expect("found"));
        assert!(!attempt.claim().expect("found"));
    }
}
