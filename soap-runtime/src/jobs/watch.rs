//! Looking at the folders of the jobs that run: what their methods and programs tell there.
//!
//! One loop, a few times a second, looks at the times of a few files of each, and reads what has
//! changed. Polls are answered from memory.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::core::Core;
use super::folder::{Folder, LONGEST, Stamp};
use super::live::Live;
use super::report::Told;

const INTERVAL: Duration = Duration::from_millis(250);
/// How many lines of the log a page shows.
const LINES: usize = 10;

/// The files as they were at the last look.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    progress: Option<Stamp>,
    status: Option<Stamp>,
    page: Option<Stamp>,
    log: Option<Stamp>,
    told: Told,
}

/// Looks until the server ends.
pub(super) async fn watch(core: Arc<Core>) {
    let mut interval = tokio::time::interval(INTERVAL);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !core.is_closing.load(Ordering::Relaxed) {
        interval.tick().await;
        let mut running = core.queue.running();
        running.retain(|live| live.has_folder());
        if running.is_empty() {
            continue;
        }
        let core = Arc::clone(&core);
        let look = move || running.iter().for_each(|live| look(live, &core.folders.of(live.key)));
        if let Err(error) = tokio::task::spawn_blocking(look).await {
            tracing::error!("the folders of the jobs cannot be looked at: {error}");
        }
    }
}

fn look(live: &Live, folder: &Folder) {
    let mut seen = live.take_seen();
    look_at_progress(live, folder, &mut seen);
    if let Some(page) = changed(folder, "status.html", &mut seen.page) {
        live.show(page);
    }
    let log = folder.stamp("log.txt");
    if log != seen.log {
        seen.log = log;
        live.set_log(folder.last_lines("log.txt", LINES).unwrap_or_default());
    }
    live.put_seen(seen);
}

/// Both the method and its program may tell how far they are; who did last is right.
fn look_at_progress(live: &Live, folder: &Folder, seen: &mut Seen) {
    let before = seen.told.clone();
    let progress = changed(folder, "progress", &mut seen.progress);
    if let Some(told) = progress.as_deref().and_then(Told::parse) {
        seen.told = told;
    }
    let status = changed(folder, "status.txt", &mut seen.status);
    // Their times count only where both are new: the clock may have been set back since.
    let is_later = progress.is_none() || seen.status.is_some_and(|status| status.is_newer_than(seen.progress));
    if let Some(fraction) = status.filter(|_| is_later).as_deref().and_then(Told::percent) {
        seen.told.take_in(Some(fraction), None);
    }
    if seen.told != before {
        live.set_told(seen.told.clone());
    }
}

/// What a file holds, if it is another one than at the last look. One that cannot be read is told in
/// the log, once, and does not count.
fn changed(folder: &Folder, name: &str, seen: &mut Option<Stamp>) -> Option<String> {
    let stamp = folder.stamp(name);
    if stamp == *seen {
        return None;
    }
    *seen = stamp;
    folder.read(name, LONGEST).unwrap_or_else(|error| {
        tracing::warn!(folder = %folder.path().display(), name, "a file of a job cannot be read: {error}");
        None
    })
}
