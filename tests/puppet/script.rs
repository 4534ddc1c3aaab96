//! What a puppet can be told, a step in each line:
//!
//! | step | what it does |
//! | --- | --- |
//! | `progress DONE TOTAL [WORDS]` | tells how far it is |
//! | `page TEXT`, `log TEXT` | shows a page, writes to the log |
//! | `crowd TASKS` | does all three from many tasks at once |
//! | `sleep MS`, `await FILE` | waits, for a time or until there is a file |
//! | `note FILE TEXT` | adds a line to a file |
//! | `run SHELL` | runs a shell, and ends with its result |
//! | `collect COUNT` | waits for so many messages, and ends with them |
//! | `listen` | does what messages tell, step by step |
//! | `deaf MS` | holds its thread, and hears nothing |
//! | `finish TEXT`, `big BYTES`, `attempt` | ends with a result |
//! | `break TEXT`, `refuse TEXT`, `panic TEXT` | ends without |

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use soap_runtime::{Job, JobError};

use super::PuppetError;

/// How often messages are looked for.
const LOOK: Duration = Duration::from_millis(5);

/// Has a job play a script.
pub(super) struct Puppeteer {
    job: Job,
}

pub(super) fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

impl Puppeteer {
    pub(super) fn new(job: Job) -> Self {
        Self { job }
    }

    /// To its end, or to the first step that ends it.
    pub(super) async fn play(&self, script: &str) -> Result<String, PuppetError> {
        for step in script.lines() {
            let ended = match step {
                "listen" => Some(self.listen().await?),
                step => self.step(step).await?,
            };
            if let Some(result) = ended {
                return Ok(result);
            }
        }
        Ok("FINISHED".to_owned())
    }

    async fn listen(&self) -> Result<String, PuppetError> {
        loop {
            for step in self.job.messages() {
                if let Some(result) = self.step(&step).await? {
                    return Ok(result);
                }
            }
            self.job.sleep(LOOK).await?;
        }
    }

    async fn step(&self, step: &str) -> Result<Option<String>, PuppetError> {
        let (word, rest) = step.split_once(' ').unwrap_or((step, ""));
        match word {
            "progress" => self.progress(rest).await?,
            "page" => self.job.page(rest).await?,
            "log" => self.job.log(rest)?,
            "crowd" => self.crowd(number(rest)?).await?,
            "sleep" => self.job.sleep(Duration::from_millis(number(rest)?)).await?,
            "await" => self.wait_for(rest).await?,
            "note" => note(rest).map_err(JobError::from)?,
            "run" => return Ok(Some(self.job.run(shell(rest)).await?.unwrap_or_default())),
            "collect" => return self.collect(number(rest)?).await.map(Some),
            "deaf" => std::thread::sleep(Duration::from_millis(number(rest)?)),
            "finish" => return Ok(Some(rest.to_owned())),
            "big" => return Ok(Some("x".repeat(number(rest)?))),
            "attempt" => return Ok(Some(self.job.attempt().to_string())),
            "break" => return Err(PuppetError::Broken { which: rest.to_owned() }),
            "panic" => panic!("{rest}"),
            "refuse" => return Err(PuppetError::Refused { why: rest.to_owned() }),
            _ => return Err(PuppetError::Refused { why: format!("`{step}` is no step") }),
        }
        Ok(None)
    }

    async fn progress(&self, rest: &str) -> Result<(), PuppetError> {
        let mut words = rest.splitn(3, ' ');
        let mut amount = || number::<f64>(words.next().unwrap_or_default());
        let (done, total) = (amount()?, amount()?);
        match words.next() {
            Some(message) => self.job.progress_with(done, total, message).await?,
            None => self.job.progress(done, total).await?,
        }
        Ok(())
    }

    async fn crowd(&self, tasks: u32) -> Result<(), PuppetError> {
        let one = |task: u32, job: Job| async move {
            for round in 0..20 {
                job.progress_with(round, 20, format!("task {task}")).await?;
                job.page(format!("a page of task {task}")).await?;
                job.log(format!("a line of task {task}"))?;
            }
            Ok::<_, JobError>(())
        };
        let tasks: Vec<_> = (0..tasks).map(|task| tokio::spawn(one(task, self.job.clone()))).collect();
        for task in tasks {
            task.await.expect("it does not panic")?;
        }
        Ok(())
    }

    async fn wait_for(&self, file: &str) -> Result<(), PuppetError> {
        while !Path::new(file).exists() {
            self.job.sleep(LOOK).await?;
        }
        Ok(())
    }

    /// As Rust would write them, so that no two texts look the same.
    async fn collect(&self, count: usize) -> Result<String, PuppetError> {
        let mut messages = Vec::new();
        while messages.len() < count {
            messages.extend(self.job.messages());
            self.job.sleep(LOOK).await?;
        }
        Ok(format!("{messages:?}"))
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, PuppetError> {
    text.trim().parse().map_err(|_| PuppetError::Refused { why: format!("`{text}` is no number") })
}

/// In one write, so that the lines of many come one after the other.
fn note(rest: &str) -> std::io::Result<()> {
    let (file, text) = rest.split_once(' ').unwrap_or((rest, ""));
    File::options().create(true).append(true).open(file)?.write_all(format!("{text}\n").as_bytes())
}
