//! The one who writes to the store: what has come together while a commit was under way goes into
//! the next one, so that a commit to the disk serves many.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::clock::Instant;
use super::figures::Figures;
use super::state::Change;
use super::store::{JobStore, StoreError};

/// The most changes in one transaction.
const BATCH: usize = 1000;

/// Hands changes to the store.
#[derive(Clone)]
pub(crate) struct Writer {
    changes: mpsc::UnboundedSender<Ordered>,
}

/// A change, and who waits for it.
struct Ordered {
    change: Change,
    done: oneshot::Sender<Result<bool, Arc<StoreError>>>,
}

impl Writer {
    /// Writes until the last clone of it is gone.
    pub(crate) fn start(store: Arc<dyn JobStore>, figures: Arc<Figures>) -> Self {
        let (changes, ordered) = mpsc::unbounded_channel();
        tokio::spawn(write(Measured { store, figures }, ordered));
        Self { changes }
    }

    /// Whether the change fitted; it is on the disk then.
    pub(crate) async fn commit(&self, change: Change) -> Result<bool, Arc<StoreError>> {
        let (done, committed) = oneshot::channel();
        let lost = || Arc::new(StoreError::Unusable("the server is shutting down".to_owned()));
        self.changes.send(Ordered { change, done }).map_err(|_| lost())?;
        committed.await.unwrap_or_else(|_| Err(lost()))
    }
}

/// A store whose commits are counted.
struct Measured {
    store: Arc<dyn JobStore>,
    figures: Arc<Figures>,
}

impl Measured {
    async fn commit(&self, changes: &[Change]) -> Result<Vec<bool>, StoreError> {
        let begun = Instant::now();
        let committed = self.store.commit(changes).await;
        self.figures.commits.count(begun.elapsed());
        committed.inspect_err(|_| self.figures.count_store_error())
    }
}

async fn write(store: Measured, mut ordered: mpsc::UnboundedReceiver<Ordered>) {
    let mut batch = Vec::with_capacity(BATCH);
    while ordered.recv_many(&mut batch, BATCH).await > 0 {
        let (changes, done): (Vec<_>, Vec<_>) = batch.drain(..).map(|one| (one.change, one.done)).unzip();
        match store.commit(&changes).await {
            // Whoever does not wait any more knows, or will ask again.
            Ok(fitted) => done.into_iter().zip(fitted).for_each(|(done, fitted)| drop(done.send(Ok(fitted)))),
            Err(error) if changes.len() == 1 => {
                let _ = done.into_iter().next().map(|done| done.send(Err(Arc::new(error))));
            }
            // One of them may be at fault, and the others shall not pay for it.
            Err(_) => {
                for (change, done) in changes.into_iter().zip(done) {
                    let alone = store.commit(&[change]).await;
                    let _ = done.send(alone.map(|fitted| fitted == [true]).map_err(Arc::new));
                }
            }
        }
    }
}
