//! The process that runs one attempt of a job: `… job run FOLDER ATTEMPT`.
//!
//! It knows the job's folder and nothing of the database or of HTTP.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::attempt::Attempt;
use super::executor::AGAIN;
use super::folder::{Folder, is_full};
use super::job::{Job, Link, Named};
use super::methods::{Methods, spawn};
use super::processes::Identity;
use super::state::{Ending, Failure};
use crate::origin::Trace;
use crate::types::{ServiceId, SessionToken};
use crate::xml::{Limits, ReadError, escape_replacing_into, read_root};

/// What a process is asked to run: `request.xml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) service: String,
    pub(crate) method: String,
    pub(crate) service_id: ServiceId,
    /// The arguments, as XML.
    pub(crate) request: String,
}

/// Where the arguments end.
const END: &str = "</job>";

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<job xmlns:tns=\"urn:job\"")?;
        let attributes =
            [("service", &*self.service), ("method", &self.method), ("serviceID", self.service_id.as_str())];
        for (name, value) in attributes {
            let mut escaped = String::new();
            escape_replacing_into(&mut escaped, value, true);
            write!(f, " {name}=\"{escaped}\"")?;
        }
        write!(f, ">{}{END}", self.request)
    }
}

impl Order {
    fn parse(file: String) -> Result<Self, io::Error> {
        let broken = |problem: &str| io::Error::other(format!("request.xml is broken: {problem}"));
        // No attribute holds a `>`: it is escaped there.
        let start = file.find('>').ok_or_else(|| broken("it has no tag"))? + 1;
        let request = file[start..].strip_suffix(END).ok_or_else(|| broken("it does not end"))?.to_owned();
        let tag = format!("{}{END}", &file[..start]);
        let attributes = attributes_of(tag).map_err(|error| broken(&error.to_string()))?;
        let [service, method, service_id] = attributes;
        Ok(Self { service, method, service_id: ServiceId::new(&service_id), request })
    }
}

fn attributes_of(tag: String) -> Result<[String; 3], ReadError> {
    read_root(tag, Limits::default(), |job| {
        Ok(["service", "method", "serviceID"].map(|name| job.attribute("", name).unwrap_or_default().to_owned()))
    })
}

/// Runs the attempt, if nobody else does. Whether it completed.
pub(crate) async fn run(methods: &Methods, path: &Path, number: u32) -> io::Result<bool> {
    let span = match Trace::of_environment() {
        // The log is that of one job, so that nothing else has to be said in each line.
        Some(trace) => tracing::error_span!("job", trace_id = trace.id()),
        None => tracing::Span::none(),
    };
    run_attempt(methods, path, number).instrument(span).await
}

async fn run_attempt(methods: &Methods, path: &Path, number: u32) -> io::Result<bool> {
    let folder = Folder::at(path);
    let attempt = Attempt::new(&folder, number);
    // A session of its own: what a terminal sends to the server is not for the job.
    let _ = nix::unistd::setsid();
    if !attempt.claim()? {
        tracing::warn!("attempt {number} is taken already");
        return Ok(true);
    }
    let own = Identity::own().ok_or_else(|| io::Error::other("this process is not in /proc"))?;
    when_there_is_room(|| attempt.write_process(&own)).await?;
    let order = folder.read("request.xml", u64::MAX)?.ok_or_else(|| io::Error::other("request.xml is not there"))?;
    let ending = carry_out(methods, &folder, number, Order::parse(order)?).await?;
    when_there_is_room(|| attempt.write_ending(&ending)).await?;
    Ok(matches!(ending, Ending::Completed(_)))
}

/// Writes what must not be lost, however long the disk is full.
async fn when_there_is_room(write: impl Fn() -> io::Result<()>) -> io::Result<()> {
    while let Err(error) = write() {
        if !is_full(&error) {
            return Err(error);
        }
        tokio::time::sleep(AGAIN).await;
    }
    Ok(())
}

async fn carry_out(methods: &Methods, folder: &Folder, number: u32, order: Order) -> io::Result<Ending> {
    let Some(service) = methods.of(&order.service) else {
        return Ok(Ending::Failed(Failure::new(format!("there is no service `{}` here", order.service))));
    };
    let cancelled = CancellationToken::new();
    let mut terminated = signal(SignalKind::terminate())?;
    let token = folder.read("token", u64::MAX)?.map(SessionToken::new).unwrap_or_default();
    let named = Named { service_id: order.service_id, token, attempt: number };
    let job = Job::new(named, folder.clone(), cancelled.clone(), Link::Elsewhere(std::sync::Mutex::default()));
    let mut running = spawn(service, Arc::from(order.method), job, Arc::from(order.request), tracing::Span::current());
    tokio::select! {
        ending = running.ended() => return Ok(ending),
        _ = terminated.recv() => cancelled.cancel(),
    }
    // As long as it takes: the server kills what takes too long.
    match running.ended().await {
        // Whether it counts is for the server to say, which knows who wanted the end.
        ending @ Ending::Completed(_) => Ok(ending),
        _ => Ok(Ending::Aborted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_comes_back_whatever_it_holds() {
        for service_id in ["a", "<\"'&>\n\t\r", "größe", "../x"] {
            let order = Order {
                service: "WaiterService".to_owned(),
                method: "startWaiter".to_owned(),
                service_id: ServiceId::new(service_id),
                request: "<tns:a>&gt;</tns:a><tns:b></job></tns:b>".to_owned(),
            };
            assert_eq!(Order::parse(order.to_string()).expect("it is whole"), order);
        }
        for broken in ["", "<job>", "<job></jo", "<job a='"] {
            assert!(Order::parse(broken.to_owned()).is_err(), "{broken}");
        }
    }
}
