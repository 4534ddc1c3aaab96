//! A service around a program that exists already, which knows nothing of SOAP.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::process::Command;
use std::time::Duration;

use soap_runtime::{App, Executor, ExitCode, Job, JobError, soap_service};

struct Solver {
    /// The program and its first arguments.
    program: Vec<OsString>,
}

/// Solves a model, and says beforehand how long that will take.
#[soap_service(
    path = "/solver/Solver",
    namespace = "http://example.org/solver",
    client
)]
impl Solver {
    /// Starts to solve, and returns at once.
    #[job(outputs(result))]
    async fn start_solver(
        &self,
        job: Job,
        /// How many steps the program takes.
        #[soap(min = 1, max = 10_000)]
        steps: u32,
    ) -> Result<String, JobError> {
        let [program, arguments @ ..] = &self.program[..] else {
            return Err(JobError::failed("no program is named"));
        };
        let mut command = Command::new(program);
        command.args(arguments).arg(steps.to_string());
        // It runs in the folder of the job. A number that it writes to `status.txt` is how far it is, in percent,
        // and what it leaves in `result.txt` is the result.
        let result = job.run(command).await?;
        result.ok_or_else(|| JobError::failed("the program has left no result.txt"))
    }

    /// How long a number of steps will take, in seconds.
    #[operation(outputs(seconds))]
    fn estimate(&self, #[soap(min = 1, max = 10_000)] steps: u32) -> f64 {
        f64::from(steps) * STEP.as_secs_f64()
    }
}

fn main() -> ExitCode {
    let program = match std::env::var("SOLVER") {
        Ok(line) if !line.trim().is_empty() => {
            line.split_whitespace().map(OsString::from).collect()
        }
        _ => vec!["/proc/self/exe".into(), STAND_IN.into()],
    };
    App::new()
        // A job is a process of its own, which outlives a server that is stopped.
        .executor(Executor::Process)
        .command(STAND_IN, "Solves: stands in for your program", stand_in)
        .service(Solver { program })
        .run()
}

/// The command that stands in for your program as long as `SOLVER` does not name it: `solver solve STEPS`.
const STAND_IN: &str = "solve";

/// How long a step takes.
const STEP: Duration = Duration::from_millis(500);

fn stand_in(arguments: Vec<OsString>) -> ExitCode {
    let steps = arguments
        .first()
        .and_then(|steps| steps.to_str()?.parse().ok());
    let Some(steps) = steps else {
        eprintln!("usage: solver {STAND_IN} STEPS");
        return ExitCode::from(2);
    };
    match solve(steps) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write to the folder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn solve(steps: u32) -> io::Result<()> {
    for step in 1..=steps {
        std::thread::sleep(STEP);
        println!("step {step} of {steps}"); // goes to the log, the end of which is on the status page
        fs::write(
            "status.txt",
            (u64::from(step) * 100 / u64::from(steps)).to_string(),
        )?;
    }
    fs::write("result.txt", format!("solved in {steps} steps"))
}

#[cfg(test)]
mod tests {
    use soap_runtime::client::Progress;
    use soap_runtime::testing::Server;

    use super::*;

    /// A service whose program is a line of shell. The steps are its first argument, `$0`.
    fn solver(line: &str) -> Solver {
        Solver {
            program: ["sh", "-c", line].map(OsString::from).into(),
        }
    }

    /// What callers get in the end of a job.
    async fn outcome(solver: Solver, steps: u32) -> Result<String, String> {
        let server = Server::new().service(solver).start().await;
        let client = server.client::<SolverClient>();
        client
            .start_solver("id-1", "token", steps)
            .await
            .map_err(|error| error.to_string())?;
        loop {
            match client.get_service_status("id-1", "token").await {
                Ok(Progress::Completed(result)) => return Ok(result),
                Ok(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[tokio::test]
    async fn what_the_program_leaves_is_the_result() {
        let result = outcome(solver(r#"printf "$0 steps" > result.txt"#), 3).await;
        assert_eq!(result, Ok("3 steps".to_owned()));
    }

    #[tokio::test]
    async fn a_program_that_fails_is_a_fault_that_says_why() {
        let error = outcome(solver("echo no mesh; exit 3"), 3)
            .await
            .expect_err("it has failed");
        assert!(error.contains("no mesh"), "{error}");
    }

    #[tokio::test]
    async fn an_estimate_is_told_at_once() {
        let server = Server::new().service(solver("true")).start().await;
        let client = server.client::<SolverClient>();
        assert_eq!(
            client.estimate(4_u32).await.expect("it is within bounds"),
            2.0
        );
        let error = client
            .estimate(0_u32)
            .await
            .expect_err("it is out of bounds");
        assert!(error.to_string().contains("steps"), "{error}");
    }
}
