//! `/metrics`: numbers for Prometheus, in the text format of OpenMetrics 1.0. The only module that
//! knows prometheus-client.
//!
//! Whoever counts has the place to count in at hand, made at start; here it is read when somebody asks.
//! Labels are names from the code and words from here, never from a request.

mod jobs;
mod process;
mod requests;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeLabelSet, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::{Registry, Unit};

pub(super) use requests::{Outcome, Requests, ServiceRequests, Timed};

use super::compress::{self, takes_gzip};
use super::places;
use super::server::Connections;
use super::tracing::{not_allowed, origin_of, tell};
use crate::dispatch::Service;
use crate::times::Counted;
use jobs::JobFigures;
use process::Process;

/// Where they are: at the root of the server only, so that a proxy that hands on the context root does
/// not show them to the world.
pub(super) const METRICS: &str = "/metrics";

/// Of the text format (OpenMetrics 1.0, "Protocol Negotiation").
const CONTENT_TYPE: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// What one server tells.
pub(super) struct Metrics {
    registry: Registry,
    /// Whether they are compressed for those who ask for it.
    gzip: bool,
}

impl Metrics {
    /// Those of `services`, and of the server that publishes them if it is ours.
    pub(super) fn new(
        services: &[Service],
        requests: &Arc<Requests>,
        connections: Option<&Arc<Connections>>,
        gzip: bool,
    ) -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Process::new()));
        registry.register_collector(Box::new(Arc::clone(requests)));
        registry.register_collector(Box::new(JobFigures { places: places(services) }));
        if let Some(connections) = connections {
            registry.register_collector(Box::new(Arc::clone(connections)));
        }
        Self { registry, gzip }
    }

    pub(super) fn route(self, router: Router) -> Router {
        let metrics = Arc::new(self);
        let answer = move |headers: HeaderMap| async move { tell(metrics.answer(&headers).await, origin_of(&headers)) };
        router.route(METRICS, get(answer).fallback(not_allowed))
    }

    async fn answer(&self, headers: &HeaderMap) -> Response {
        let mut text = String::with_capacity(16 << 10);
        match prometheus_client::encoding::text::encode(&mut text, &self.registry) {
            Ok(()) => compress::response(CONTENT_TYPE, text, self.gzip && takes_gzip(headers)).await,
            // A text in memory takes all that is written to it.
            Err(fmt::Error) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

impl Collector for Connections {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        gauge(&mut encoder, "soap_connections", "Connections that are open.", None, self.count())?;
        let help = "How many connections may be open at once; more wait to be accepted.";
        gauge(&mut encoder, "soap_connections_limit", help, None, self.limit())
    }
}

/// Counts of what has happened, one for each set of labels. `_total` is put behind the name.
fn counters<L: EncodeLabelSet>(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    counts: impl IntoIterator<Item = (L, u64)>,
) -> fmt::Result {
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (labels, count) in counts {
        family.encode_family(&labels)?.encode_counter::<NoLabelSet, _, f64>(&count, None)?;
    }
    Ok(())
}

/// How long things took, one histogram for each set of labels. `_seconds` is put behind the name.
fn histograms<L: EncodeLabelSet>(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    times: impl IntoIterator<Item = (L, Counted)>,
) -> fmt::Result {
    let mut family = encoder.encode_descriptor(name, help, Some(&Unit::Seconds), MetricType::Histogram)?;
    for (labels, times) in times {
        let mut histogram = family.encode_family(&labels)?;
        histogram.encode_histogram::<NoLabelSet>(times.sum, times.count(), &times.buckets, None)?;
    }
    Ok(())
}

/// How something stands. The unit is put behind the name.
fn gauge(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    unit: Option<&Unit>,
    value: impl EncodeGaugeValue,
) -> fmt::Result {
    encoder.encode_descriptor(name, help, unit, MetricType::Gauge)?.encode_gauge(&value)
}

/// Without labels.
const NONE: [(&str, &str); 0] = [];

#[cfg(test)]
mod tests;
