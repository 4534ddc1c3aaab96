//! Whatever comes, the stores agree on it.

use proptest::prelude::*;

use super::{
    Change, Ending, MemoryStore, Wanted, commit, completed, end, ending, failed, folder, insert, load, remove, request,
    requeue, sql_store, start, want, wanted,
};

const NAMES: [&str; 3] = ["a", "b", "c"];

fn change() -> impl Strategy<Value = Change> {
    let endings = prop::sample::select(vec![completed(), failed(), Ending::Aborted]);
    (prop::sample::select(&NAMES[..]), 0..7, 0..3_u32, endings).prop_map(|(name, kind, attempt, ending)| match kind {
        0 => insert(name),
        1 => start(name, attempt),
        2 => end(name, attempt, ending),
        3 => requeue(name, attempt),
        4 => want(name, Wanted::Abort),
        5 => want(name, Wanted::Removal),
        _ => remove(name),
    })
}

async fn agree(commits: &[Vec<Change>]) {
    let folder = folder();
    let (sql, memory) = (sql_store(&folder).await, MemoryStore::default());
    for changes in commits {
        assert_eq!(commit(&sql, changes).await, commit(&memory, changes).await);
        assert_eq!(load(&sql).await, load(&memory).await);
        assert_eq!(wanted(&sql).await, wanted(&memory).await);
        for name in NAMES {
            assert_eq!(request(&sql, name).await, request(&memory, name).await);
            assert_eq!(ending(&sql, name).await, ending(&memory, name).await);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_stores_agree(commits in prop::collection::vec(prop::collection::vec(change(), 0..12), 1..8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
        runtime.block_on(agree(&commits));
    }
}
