//! Calls, counted: by service, operation and outcome, and by how long they took.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;

use super::{counters, histograms};
use crate::describe::ServiceDescription;
use crate::dispatch::Reply;
use crate::fault::{Fault, FaultCode};
use crate::times::{Counted, Times};

/// From a millisecond to half a minute: ten seconds are what the platform calls safe, after thirty it
/// has given up.
const BOUNDS: &[u64] = &[
    1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
    10_000_000, 30_000_000,
];

/// The calls of all services of one server.
#[derive(Debug, Default)]
pub(in crate::http) struct Requests {
    operations: Vec<Arc<OperationRequests>>,
    /// Where there is no service.
    astray: AtomicU64,
}

/// The calls of one service.
#[derive(Debug)]
pub(in crate::http) struct ServiceRequests {
    /// In the order of the description.
    operations: Vec<Arc<OperationRequests>>,
    /// Those whose operation nobody knows.
    unrecognised: Arc<OperationRequests>,
}

#[derive(Debug)]
struct OperationRequests {
    service: &'static str,
    /// Empty for those whose operation nobody knows.
    operation: &'static str,
    /// What can come of them.
    possible: &'static [Outcome],
    outcomes: [AtomicU64; Outcome::WORDS.len()],
    times: Times,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Outcome {
    Ok,
    ClientFault,
    ServerFault,
    /// It has no reply, and goes on.
    Accepted,
    /// Its caller went away before there was an answer.
    Abandoned,
}

impl Outcome {
    const WORDS: [&'static str; 5] = ["ok", "client_fault", "server_fault", "accepted", "abandoned"];
    const OF_A_CALL: &'static [Self] = &[Self::Ok, Self::ClientFault, Self::ServerFault, Self::Abandoned];
    const OF_ONE_WAY: &'static [Self] = &[Self::Accepted, Self::ClientFault, Self::ServerFault, Self::Abandoned];
    const OF_NO_OPERATION: &'static [Self] = &[Self::ClientFault, Self::ServerFault, Self::Abandoned];

    fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

impl From<&Fault> for Outcome {
    fn from(fault: &Fault) -> Self {
        match fault.code() {
            FaultCode::Server => Self::ServerFault,
            // Also headers and envelopes that are not understood: it is the caller who has to change them.
            _ => Self::ClientFault,
        }
    }
}

impl From<&Reply> for Outcome {
    fn from(reply: &Reply) -> Self {
        match &reply.fault {
            _ if reply.is_accepted => Self::Accepted,
            None => Self::Ok,
            Some(fault) => fault.into(),
        }
    }
}

impl Requests {
    /// Where those of this service are counted.
    pub(in crate::http) fn service(&mut self, service: &ServiceDescription) -> ServiceRequests {
        let unrecognised = self.operation(service.name, "", Outcome::OF_NO_OPERATION);
        let operations = service.operations.iter().map(|operation| {
            let possible = if operation.is_one_way { Outcome::OF_ONE_WAY } else { Outcome::OF_A_CALL };
            self.operation(service.name, operation.name, possible)
        });
        ServiceRequests { operations: operations.collect(), unrecognised }
    }

    /// Two services may have one name, and must not be told of twice.
    fn operation(
        &mut self,
        service: &'static str,
        operation: &'static str,
        possible: &'static [Outcome],
    ) -> Arc<OperationRequests> {
        let found = self.operations.iter().find(|known| (known.service, known.operation) == (service, operation));
        if let Some(found) = found {
            return Arc::clone(found);
        }
        let (outcomes, times) = (Default::default(), Times::new(BOUNDS));
        let made = Arc::new(OperationRequests { service, operation, possible, outcomes, times });
        self.operations.push(Arc::clone(&made));
        made
    }

    pub(in crate::http) fn count_astray(&self) {
        self.astray.fetch_add(1, Ordering::Relaxed);
    }
}

impl ServiceRequests {
    /// A call begins.
    pub(in crate::http) fn begin(&self) -> Timed<'_> {
        Timed { requests: self, operation: None, outcome: Outcome::Abandoned, begun: Instant::now() }
    }
}

/// A call under way. It is counted when this is dropped, for that happens also when its caller goes away.
pub(in crate::http) struct Timed<'a> {
    requests: &'a ServiceRequests,
    /// By its place in the description.
    pub(in crate::http) operation: Option<usize>,
    pub(in crate::http) outcome: Outcome,
    begun: Instant,
}

impl Drop for Timed<'_> {
    fn drop(&mut self) {
        let operation = self.operation.and_then(|at| self.requests.operations.get(at));
        operation.unwrap_or(&self.requests.unrecognised).count(self.outcome, self.begun);
    }
}

impl OperationRequests {
    fn count(&self, outcome: Outcome, begun: Instant) {
        self.outcomes[outcome as usize].fetch_add(1, Ordering::Relaxed);
        self.times.count(begun.elapsed());
    }

    fn outcomes(&self) -> impl Iterator<Item = ([(&'static str, &'static str); 3], u64)> {
        self.possible.iter().map(|outcome| {
            let labels = [("service", self.service), ("operation", self.operation), ("outcome", outcome.word())];
            (labels, self.outcomes[*outcome as usize].load(Ordering::Relaxed))
        })
    }
}

impl Collector for Requests {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let astray = [("service", ""), ("operation", ""), ("outcome", Outcome::ClientFault.word())];
        let counts = self.operations.iter().flat_map(|operation| operation.outcomes());
        let counts = counts.chain([(astray, self.astray.load(Ordering::Relaxed))]);
        let help = "Calls by what came of them. The operation is empty where none was recognised, the service where there is none.";
        counters(&mut encoder, "soap_requests", help, counts)?;
        let times = self.operations.iter().map(|operation| {
            let labels = [("service", operation.service), ("operation", operation.operation)];
            (labels, Counted::of([&operation.times]))
        });
        let help = "From the head of a request until its answer is ready to be sent.";
        histograms(&mut encoder, "soap_request", help, times)
    }
}
