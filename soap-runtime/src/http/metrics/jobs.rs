//! What the jobs of a server amount to.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::registry::Unit;

use super::{NONE, counters, gauge, histograms};
use crate::jobs::{Figures, Jobs, ServiceFigures, State, Stock};
use crate::times::Counted;

/// The places where a server keeps jobs, each once; as a rule there is one.
pub(super) struct JobFigures {
    pub(super) places: Vec<Jobs>,
}

impl fmt::Debug for JobFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JobFigures of {} places", self.places.len())
    }
}

impl Collector for JobFigures {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let open: Vec<(&Figures, Stock)> = self.places.iter().filter_map(Jobs::figures).collect();
        if open.is_empty() {
            return Ok(());
        }
        encode_stock(&mut encoder, open.iter().map(|(_, stock)| *stock).fold(Stock::default(), together))?;
        encode_events(&mut encoder, &open)?;
        // One of a name for each place, which are told of as one.
        let mut services: BTreeMap<Arc<str>, Vec<Arc<ServiceFigures>>> = BTreeMap::new();
        for service in open.iter().flat_map(|(figures, _)| figures.services()) {
            services.entry(Arc::clone(&service.name)).or_default().push(service);
        }
        encode_services(&mut encoder, &services)
    }
}

/// How things stand in two places.
fn together(one: Stock, other: Stock) -> Stock {
    Stock {
        queued: one.queued + other.queued,
        running: one.running + other.running,
        ended: std::array::from_fn(|at| one.ended[at] + other.ended[at]),
        queue: one.queue + other.queue,
        queue_limit: one.queue_limit.saturating_add(other.queue_limit),
        running_limit: one.running_limit.saturating_add(other.running_limit),
        longest_wait: one.longest_wait.max(other.longest_wait),
    }
}

fn encode_stock(encoder: &mut DescriptorEncoder<'_>, stock: Stock) -> fmt::Result {
    let live = [(State::Queued, stock.queued), (State::Running, stock.running)];
    let states = live.into_iter().chain(State::ENDS.into_iter().zip(stock.ended));
    let help = "Jobs that are known, by state. Those that have ended are known until they are cleared away.";
    let mut family =
        encoder.encode_descriptor("soap_jobs", help, None, prometheus_client::metrics::MetricType::Gauge)?;
    for (state, count) in states {
        family.encode_family(&[("state", state.word())])?.encode_gauge(&count)?;
    }
    gauge(encoder, "soap_job_queue_length", "Places of the queue that are taken.", None, stock.queue)?;
    let help = "How many jobs may wait (MAX_QUEUED); more are refused.";
    gauge(encoder, "soap_job_queue_limit", help, None, stock.queue_limit)?;
    let help = "How long the first job of the queue has waited; 0 if none waits.";
    let longest_wait = stock.longest_wait.as_secs_f64();
    gauge(encoder, "soap_job_queue_oldest", help, Some(&Unit::Seconds), longest_wait)?;
    let help = "How many jobs may run at once (MAX_RUNNING).";
    gauge(encoder, "soap_job_running_limit", help, None, stock.running_limit)
}

fn encode_events(encoder: &mut DescriptorEncoder<'_>, open: &[(&Figures, Stock)]) -> fmt::Result {
    let waits = Counted::of(open.iter().map(|(figures, _)| &figures.waits));
    let help = "How long jobs waited until an attempt to run them began.";
    histograms(encoder, "soap_job_wait", help, [(NONE, waits)])?;
    let commits = Counted::of(open.iter().map(|(figures, _)| &figures.commits));
    let help = "How long transactions took that write to the database; one is for all changes that waited for it.";
    histograms(encoder, "soap_store_commit", help, [(NONE, commits)])?;
    let errors = open.iter().map(|(figures, _)| figures.store_errors()).sum();
    counters(encoder, "soap_store_errors", "What the database did not do.", [(NONE, errors)])
}

fn encode_services(
    encoder: &mut DescriptorEncoder<'_>,
    services: &BTreeMap<Arc<str>, Vec<Arc<ServiceFigures>>>,
) -> fmt::Result {
    let sums = |count: fn(&ServiceFigures) -> u64| {
        services.iter().map(move |(name, places)| ([("service", &**name)], places.iter().map(|one| count(one)).sum()))
    };
    let help = "Jobs that were accepted, and so recorded.";
    counters(encoder, "soap_jobs_accepted", help, sums(ServiceFigures::accepted))?;
    let help = "Attempts that were lost, with a process or a server, after which the job waited again.";
    counters(encoder, "soap_jobs_requeued", help, sums(ServiceFigures::requeued))?;
    let ended = services.iter().flat_map(|(name, places)| {
        let ended = added(places.iter().map(|one| one.ended().map(|(state, count)| (state.word(), count))));
        ended.into_iter().map(|(word, count)| ([("service", &**name), ("outcome", word)], count))
    });
    counters(encoder, "soap_jobs_finished", "Jobs that ended, by how.", ended)?;
    let polls = services.iter().flat_map(|(name, places)| {
        let polls = added(places.iter().map(|one| one.polls()));
        polls.into_iter().map(|(word, count)| ([("service", &**name), ("answer", word)], count))
    });
    counters(encoder, "soap_job_polls", "Calls of getServiceStatus, by what they were told of the job.", polls)?;
    let runs = services
        .iter()
        .map(|(name, places)| ([("service", &**name)], Counted::of(places.iter().map(|place| &place.runs))));
    histograms(encoder, "soap_job_run", "How long attempts ran that ended the job.", runs)
}

/// The sums of lists that have the same words.
fn added(lists: impl Iterator<Item = impl Iterator<Item = (&'static str, u64)>>) -> Vec<(&'static str, u64)> {
    lists
        .map(Iterator::collect)
        .reduce(|sums: Vec<_>, list: Vec<_>| {
            sums.into_iter().zip(list).map(|((word, one), (_, other))| (word, one + other)).collect()
        })
        .unwrap_or_default()
}
