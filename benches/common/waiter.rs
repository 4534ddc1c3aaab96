//! A service written by hand: a map of jobs in memory, and a page rendered anew for every call.

use std::collections::HashMap;
use std::sync::RwLock;

use axum::Router;
use soap_runtime::{Fault, HttpSettings, Service, ServiceId, SessionToken, Status, soap_service};

use super::Server;
use super::requests::{poll, service_id};

/// Polled in turn.
const JOBS: usize = 1000;

struct Waiter {
    /// How far each job is, in percent.
    jobs: RwLock<HashMap<String, u32>>,
    page_size: usize,
}

#[soap_service(path = "/waiter/Waiter", namespace = "tns")]
impl Waiter {
    #[operation(outputs(status_base64, result))]
    async fn get_service_status(
        &self,
        service_id: ServiceId,
        _session_token: SessionToken,
    ) -> Result<(Status, String), Fault> {
        let jobs = self.jobs.read().expect("nobody panics with the lock");
        let percent = *jobs.get(service_id.as_str()).ok_or_else(|| Fault::client("no such job"))?;
        Ok((Status::page(self.page(percent)), "UNSET".to_owned()))
    }

    #[operation(outputs(length))]
    async fn measure(&self, text: String) -> String {
        text.len().to_string()
    }
}

impl Waiter {
    fn new(page_size: usize) -> Self {
        let jobs = (0..JOBS as u32).map(|job| (service_id(job as usize), job % 100)).collect();
        Self { jobs: RwLock::new(jobs), page_size }
    }

    fn page(&self, percent: u32) -> String {
        let mut page = String::with_capacity(self.page_size + 200);
        page.push_str("<!DOCTYPE html><html lang=\"en\"><head><title>Waiter</title></head><body>");
        page.push_str(&format!("<p>{percent} %</p><div style=\"width: {}px\"></div>", percent * 8));
        while page.len() < self.page_size - 14 {
            page.push_str("<p>The log of the computation has a line.</p>\n");
        }
        page.truncate(self.page_size - 14);
        page.push_str("</body></html>");
        page
    }
}

pub(crate) fn router(page_size: usize) -> Router {
    let mut settings = HttpSettings::default();
    settings.max_body = 256 << 20;
    let service = Service::new(Waiter::new(page_size)).expect("it fits the rules");
    soap_runtime::router(vec![service], settings).expect("there is one path")
}

/// How long an answer with a page of this size is.
pub(crate) fn answer_length(page_size: usize) -> usize {
    page_size.div_ceil(3) * 4 + 319
}

/// A poll of each of its jobs.
pub(crate) fn polls() -> Vec<String> {
    (0..JOBS).map(poll).collect()
}

pub(crate) fn start(kind: &str, page_size: usize) -> Server {
    Server::start(kind, &[page_size.to_string()])
}
