//! The parts that came beside a message, as its elements find them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;

use super::Attachment;

/// Parts by their Content-ID. Most messages have none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    by_id: HashMap<String, Attachment>,
    /// How many bytes may still be loaded into memory.
    room: AtomicU64,
}

impl Parts {
    /// `room` is how many bytes of them may be loaded into memory, by all values of the message together.
    pub(crate) fn new(by_id: HashMap<String, Attachment>, room: usize) -> Self {
        Self(Some(Arc::new(Inner { by_id, room: AtomicU64::new(room as u64) })))
    }

    pub(crate) fn are_none(&self) -> bool {
        self.ids().next().is_none()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|inner| inner.by_id.keys()).map(String::as_str)
    }

    pub(crate) fn find(&self, id: &str) -> Option<Attachment> {
        self.0.as_ref()?.by_id.get(id).cloned()
    }

    /// The bytes of a part for a value that has them in memory.
    pub(crate) fn load(&self, part: &Attachment) -> Result<Bytes, String> {
        let take = |room: u64| room.checked_sub(part.len());
        let room = self.0.as_ref().map(|inner| inner.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take));
        if !matches!(room, Some(Ok(_))) {
            return Err(format!("its part has {} bytes, more than may be held in memory here", part.len()));
        }
        part.bytes().map_err(|error| format!("its part cannot be read back: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_loaded_than_there_is_room_for_however_often_a_part_is_named() {
        let parts = Parts::new([("a".to_owned(), Attachment::from(b"abc".to_vec()))].into(), 7);
        let part = parts.find("a").expect("it is there");
        assert_eq!(parts.load(&part).as_deref(), Ok(&b"abc"[..]));
        assert_eq!(parts.load(&part).as_deref(), Ok(&b"abc"[..]));
        assert!(parts.load(&part).is_err_and(|error| error.contains("has 3 bytes, more than may be held")));
        assert!(parts.find("b").is_none() && !parts.are_none() && Parts::default().are_none());
    }
}
