//! One binary: its configuration, its command line, and what it does.

mod command;
mod health;
mod job_settings;
mod jobs;
mod log;
mod output;
#[cfg(test)]
mod reference;
mod serve;
mod settings;
mod wsdl;

use std::ffi::OsString;
use std::fmt::Display;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::FromArgMatches;

use crate::describe::DescriptionError;
use crate::dispatch::Service;
use crate::envelope::HeaderHandler;
use crate::jobs::{Executor, Jobs};
use crate::service::SoapService;
use command::{Defaults, HasJobs};
use job_settings::default_data_dir;
use settings::Settings;

/// What programs of ours have in common on a terminal.
#[cfg(feature = "cli")]
pub(crate) use {
    jobs::{middle_cut, safe, safe_lines},
    output::print,
    settings::{any_duration, duration},
};

/// Bad settings, or a service that cannot be published: exit code 2, as for bad arguments.
const USAGE: u8 = 2;

/// A program that serves SOAP services, prints their WSDL, and explains itself with `--help`.
///
/// ```no_run
/// use soap_runtime::{App, ExitCode, soap_service};
///
/// struct Adder;
///
/// #[soap_service]
/// impl Adder {
///     #[operation(outputs(sum))]
///     fn add(&self, a: f64, b: f64) -> f64 {
///         a + b
///     }
/// }
///
/// fn main() -> ExitCode {
///     App::new().service(Adder).run()
/// }
/// ```
#[must_use = "an app does nothing until it is run"]
#[derive(Default)]
pub struct App {
    context_root: String,
    data_dir: Option<PathBuf>,
    executor: Option<Executor>,
    max_running: Option<NonZeroUsize>,
    jobs: Jobs,
    services: Vec<Result<Service, DescriptionError>>,
    handlers: Vec<Arc<dyn HeaderHandler>>,
    commands: Vec<Command>,
    before_serving: Vec<Preparation>,
}

/// What the author wants done before the server listens; an error is a sentence for the operator.
type Preparation = Box<dyn FnOnce() -> Result<(), String>>;

/// A command that the author adds to the binary.
struct Command {
    name: &'static str,
    about: &'static str,
    run: Box<dyn FnOnce(Vec<OsString>) -> ExitCode>,
}

/// Why a command ended without doing what it was asked to: one sentence.
struct Failure(String);

impl App {
    /// An app without services.
    pub fn new() -> Self {
        Self::default()
    }

    /// Publishes a service.
    pub fn service<S: SoapService>(mut self, service: S) -> Self {
        self.services.push(Service::with_jobs(service, &self.jobs));
        self
    }

    /// Publishes a service with an extension of SOAP that stands in headers, such as
    /// [`UsernameToken`](crate::UsernameToken).
    pub fn service_with<S: SoapService>(mut self, service: S, handler: impl HeaderHandler) -> Self {
        let service = Service::with_jobs(service, &self.jobs);
        self.services.push(service.map(|service| service.with_header_handler(handler)));
        self
    }

    /// Gives all services such an extension, those that are published before and after this call.
    pub fn header_handler(mut self, handler: impl HeaderHandler) -> Self {
        self.handlers.push(Arc::new(handler));
        self
    }

    /// The context root where neither `CONTEXT_ROOT` nor `--context-root` says another.
    pub fn context_root(mut self, path: impl Into<String>) -> Self {
        self.context_root = path.into();
        self
    }

    /// Where the database and the files of jobs are if neither `DATA_DIR` nor `--data-dir` says so;
    /// else it is a folder of the program's name where programs keep their state.
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Where jobs run if neither `EXECUTOR` nor `--executor` says so; else it is [`Executor::Task`].
    pub fn executor(mut self, executor: Executor) -> Self {
        self.executor = Some(executor);
        self
    }

    /// How many jobs run at once if neither `MAX_RUNNING` nor `--max-running` says so; else it is one for
    /// each processor with [`Executor::Process`], and 1024 with [`Executor::Task`].
    pub fn max_running(mut self, count: NonZeroUsize) -> Self {
        self.max_running = Some(count);
        self
    }

    /// The jobs of this program, for services that ask by hand. They are open once it serves.
    pub fn jobs(&self) -> Jobs {
        self.jobs.by_hand()
    }

    /// Adds a command of the author's own, which gets the arguments behind its name.
    pub fn command(
        mut self,
        name: &'static str,
        about: &'static str,
        run: impl FnOnce(Vec<OsString>) -> ExitCode + 'static,
    ) -> Self {
        self.commands.push(Command { name, about, run: Box::new(run) });
        self
    }

    /// Has something done once, before the server listens: opening a store, taking up old work. Logs
    /// work by then; the other commands do without it.
    ///
    /// An error ends the program with its words and exit code 2.
    pub fn before_serving<E: Display>(mut self, prepare: impl FnOnce() -> Result<(), E> + 'static) -> Self {
        self.before_serving.push(Box::new(|| prepare().map_err(|error| error.to_string())));
        self
    }

    /// Does what the command line says: serve, if it says nothing.
    pub fn run(self) -> ExitCode {
        self.run_with(std::env::args_os())
    }

    /// The same with a command line from elsewhere, the program's name first.
    pub fn run_with(self, arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
        let defaults = Defaults {
            context_root: self.context_root,
            data_dir: self.data_dir.unwrap_or_else(|| default_data_dir(&command::program_name())),
            executor: self.executor.unwrap_or(Executor::Task),
            max_running: self.max_running,
        };
        let has_jobs = if self.jobs.are_used() { HasJobs::Yes } else { HasJobs::No };
        let command_line = command::command_line(defaults, &self.commands, has_jobs);
        let matches = match command_line.try_get_matches_from(arguments) {
            Ok(matches) => matches,
            Err(message) => {
                // Help and version come this way too, with exit code 0. Nobody is left to tell if printing fails.
                let _printed = message.print();
                return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(USAGE));
            }
        };
        let (name, arguments) = matches.subcommand().unzip();
        if let Some(own) = self.commands.into_iter().find(|command| Some(command.name) == name) {
            let arguments = arguments.and_then(|arguments| arguments.get_many(command::ARGUMENTS));
            return (own.run)(arguments.into_iter().flatten().cloned().collect());
        }
        let done =
            Settings::from_arg_matches(&matches).map_err(|error| Failure(error.to_string())).and_then(|settings| {
                if let (Some(health::HEALTH), Some(arguments)) = (name, arguments) {
                    // A container asks every few seconds: it is spared the descriptions.
                    return Ok(health::run(&settings, arguments));
                }
                let services = published(self.services, &self.handlers).map_err(|error| Failure(error.to_string()))?;
                match (name, arguments) {
                    (Some(wsdl::WSDL), Some(arguments)) => {
                        wsdl::run(&services, &settings, arguments).map(|()| ExitCode::SUCCESS)
                    }
                    (Some(command::JOB), Some(arguments)) => run_job(&self.jobs, &settings, arguments),
                    (Some(command::JOBS), Some(arguments)) => jobs::run(&settings.jobs(), arguments),
                    _ => serve::serve(services, &self.jobs, &settings, self.before_serving).map(|()| ExitCode::SUCCESS),
                }
            });
        match done {
            Ok(code) => code,
            Err(Failure(message)) => {
                eprintln!("error: {message}");
                ExitCode::from(USAGE)
            }
        }
    }
}

/// The services, each with what is for all of them.
fn published(
    services: Vec<Result<Service, DescriptionError>>,
    handlers: &[Arc<dyn HeaderHandler>],
) -> Result<Vec<Service>, DescriptionError> {
    let with_all = |service: Service| handlers.iter().cloned().fold(service, Service::with_header_handler);
    services.into_iter().map(|service| service.map(with_all)).collect()
}

/// Runs one attempt of a job; its exit code says whether it completed.
fn run_job(jobs: &Jobs, settings: &Settings, arguments: &clap::ArgMatches) -> Result<ExitCode, Failure> {
    log::start(&settings.log, settings.log_format)?;
    let run = arguments.subcommand_matches("run");
    let folder = run.and_then(|run| run.get_one::<PathBuf>(command::FOLDER));
    let attempt = run.and_then(|run| run.get_one::<u32>(command::ATTEMPT));
    let (Some(folder), Some(&attempt)) = (folder, attempt) else {
        return Err(Failure("a folder and the number of an attempt are wanted".to_owned()));
    };
    let runtime = serve::runtime()?;
    let done = runtime.block_on(jobs.run_attempt(folder, attempt));
    // A thread that goes on blocking must not hold the process: its job has ended.
    runtime.shutdown_background();
    let completed = done.map_err(|error| Failure(format!("the job in {} cannot be run: {error}", folder.display())))?;
    Ok(if completed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UsernameToken;
    use crate::dispatch::Request;
    use crate::service::{Definition, blocking, outputs};
    use crate::xml::Limits;

    /// Does nothing, under a name of its own.
    struct Ping<const AT: usize>;

    impl<const AT: usize> SoapService for Ping<AT> {
        fn definition() -> Definition<Self> {
            let definition = Definition::new(["A", "B", "C"][AT], "tns", "/", Default::default(), "");
            definition.operation("ping", "", (), outputs::<(), 0>([]), blocking(|_: Arc<Self>, ()| ()))
        }
    }

    /// Which services answer a caller without a name.
    async fn open(app: App) -> Vec<bool> {
        let mut open = Vec::new();
        for service in published(app.services, &app.handlers).expect("they can be published") {
            let envelope = "http://schemas.xmlsoap.org/soap/envelope/";
            let body = format!("<e:Envelope xmlns:e='{envelope}'><e:Body><ping/></e:Body></e:Envelope>");
            let request = Request { body: body.into(), charset: None, action: None, limits: Limits::default() };
            open.push(service.call(request).await.fault.is_none());
        }
        open
    }

    #[tokio::test]
    async fn a_handler_is_for_one_service_or_for_all_of_them() {
        let nobody = || UsernameToken::new(|_: &str| None);
        let app = App::new().service(Ping::<0>).service_with(Ping::<1>, nobody()).service(Ping::<2>);
        assert_eq!(open(app).await, [true, false, true]);
        let app = App::new().service(Ping::<0>).header_handler(nobody()).service(Ping::<1>);
        assert_eq!(open(app).await, [false, false]);
    }
}
