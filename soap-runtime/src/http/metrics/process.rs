//! The process itself, under the names that all exporters have for it, and what was built.

use std::fmt;
use std::fs;
use std::time::{Duration, SystemTime};

use nix::time::{ClockId, clock_gettime};
use nix::unistd::{SysconfVar, sysconf};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Unit;

use super::{NONE, gauge};
use crate::jobs::own_age;

#[derive(Debug)]
pub(super) struct Process {
    /// Since 1970. Asked once: it would move with each correction of the clock.
    started: Option<Duration>,
    page: u64,
}

impl Process {
    pub(super) fn new() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok();
        let started = now.zip(own_age()).map(|(now, age)| now.saturating_sub(age));
        let page = sysconf(SysconfVar::PAGE_SIZE).ok().flatten().and_then(|size| u64::try_from(size).ok());
        Self { started, page: page.unwrap_or(4096) }
    }

    /// In bytes.
    fn resident_memory(&self) -> Option<u64> {
        let pages = fs::read_to_string("/proc/self/statm").ok()?;
        Some(pages.split_whitespace().nth(1)?.parse::<u64>().ok()? * self.page)
    }
}

/// How many are open, but for the one that it takes to look.
fn open_files() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1))
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let help = "The version of soap-runtime in this program.";
        encoder
            .encode_descriptor("soap_build", help, None, MetricType::Info)?
            .encode_info(&[("version", env!("CARGO_PKG_VERSION"))])?;
        if let Some(started) = self.started {
            let help = "When the process began, since 1970.";
            gauge(&mut encoder, "process_start_time", help, Some(&Unit::Seconds), started.as_secs_f64())?;
        }
        if let Some(bytes) = self.resident_memory() {
            let help = "Memory of the process that is in RAM; jobs in processes of their own have theirs.";
            gauge(&mut encoder, "process_resident_memory", help, Some(&Unit::Bytes), bytes)?;
        }
        if let Some(count) = open_files() {
            gauge(&mut encoder, "process_open_fds", "Files and sockets that the process has open.", None, count)?;
        }
        let Ok(used) = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map(Duration::from) else { return Ok(()) };
        let help = "Processor time that the process has used.";
        let mut cpu = encoder.encode_descriptor("process_cpu", help, Some(&Unit::Seconds), MetricType::Counter)?;
        cpu.encode_family(&NONE)?
            .encode_counter::<prometheus_client::encoding::NoLabelSet, _, f64>(&used.as_secs_f64(), None)
    }
}
