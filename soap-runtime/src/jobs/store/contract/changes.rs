//! The state machine: what fits, what it changes, and in which order.

use super::{
    Change, Ending, JobStore, Record, State, Wanted, commit, completed, end, failed, find, insert, key, load, record,
    remove, requeue, start, want, wanted,
};

/// How a job called `name` gets into each state.
fn ways(name: &str) -> Vec<(&'static str, Vec<Change>)> {
    let running = [insert(name), start(name, 1)];
    let lost = [&running[..], &[requeue(name, 1)]].concat();
    vec![
        ("unknown", vec![]),
        ("queued", vec![insert(name)]),
        ("running", running.to_vec()),
        ("queued again", lost.clone()),
        ("running again", [&lost[..], &[start(name, 2)]].concat()),
        ("completed", [&running[..], &[end(name, 1, completed())]].concat()),
        ("failed", [&running[..], &[end(name, 1, failed())]].concat()),
        ("aborted", vec![insert(name), end(name, 0, Ending::Aborted)]),
    ]
}

/// Every change that there is, for each attempt.
fn changes(name: &str) -> Vec<Change> {
    let ends = [0, 1, 2].map(|attempt| end(name, attempt, completed()));
    let starts = [0, 1, 2].map(|attempt| start(name, attempt));
    let requeues = [0, 1, 2].map(|attempt| requeue(name, attempt));
    let wants = [want(name, Wanted::Abort), want(name, Wanted::Removal)];
    [&[insert(name)][..], &starts, &ends, &requeues, &wants, &[remove(name)]].concat()
}

/// Which of [`changes`] fit in which of [`ways`]: all but those with a dash.
const FITS: [(&str, &str); 8] = [
    //                insert start end requeue want remove
    ("unknown", "      i     ---   ---   ---    --   -"),
    ("queued", "       -     -1-   0--   ---    a-   -"),
    ("running", "      -     ---   -1-   -1-    a-   -"),
    ("queued again", " -     --2   -1-   ---    a-   -"),
    ("running again", "-     ---   --2   --2    a-   -"),
    ("completed", "    -     ---   ---   ---    -r   x"),
    ("failed", "       -     ---   ---   ---    -r   x"),
    ("aborted", "      -     ---   ---   ---    -r   x"),
];

pub(super) async fn each_change_fits_where_it_is_said_to(store: &dyn JobStore) {
    for (way, (state, row)) in FITS.iter().enumerate() {
        for (at, expected) in row.split_whitespace().flat_map(str::chars).enumerate() {
            let name = format!("{state} {at}");
            let (named, way) = ways(&name).swap_remove(way);
            assert_eq!(named, *state);
            assert!(commit(store, &way).await.iter().all(|&fits| fits), "{state}");
            let change = changes(&name).swap_remove(at);
            let fits = commit(store, std::slice::from_ref(&change)).await;
            assert_eq!(fits, [expected != '-'], "{state}: {change:?}");
        }
    }
}

pub(super) async fn a_change_that_does_not_fit_changes_nothing(store: &dyn JobStore) {
    for (state, _) in ways("") {
        let way = ways(state).into_iter().find(|(named, _)| *named == state).map(|(_, way)| way);
        commit(store, &way.unwrap_or_default()).await;
    }
    for (state, _) in ways("") {
        for change in changes(state) {
            let before = (load(store).await, wanted(store).await);
            if commit(store, std::slice::from_ref(&change)).await == [false] {
                assert_eq!((load(store).await, wanted(store).await), before, "{state}: {change:?}");
            }
        }
    }
}

pub(super) async fn a_life_leaves_its_traces(store: &dyn JobStore) {
    let queued = record("life");
    let running = Record { state: State::Running, attempt: 1, started_at: Some(2_001), ..queued.clone() };
    let lost = Record { state: State::Queued, ..running.clone() };
    let again = Record { state: State::Running, attempt: 2, started_at: Some(2_002), ..lost.clone() };
    let unwanted = Record { wanted: Some(Wanted::Abort), ..again.clone() };
    let ended = Record { state: State::Failed, ended_at: Some(3_000), ending: Some(failed()), ..again.clone() };
    let over = Record { wanted: Some(Wanted::Removal), ..ended.clone() };
    let steps = [
        (insert("life"), queued),
        (start("life", 1), running),
        (requeue("life", 1), lost),
        (start("life", 2), again),
        (want("life", Wanted::Abort), unwanted),
        (end("life", 2, failed()), ended),
        (want("life", Wanted::Removal), over),
    ];
    commit(store, &[insert("before")]).await;
    for (change, expected) in steps {
        assert_eq!(commit(store, std::slice::from_ref(&change)).await, [true], "{change:?}");
        commit(store, &[insert("after")]).await;
        assert_eq!(find(store, "life").await, Some(expected), "{change:?}");
    }
    assert_eq!(commit(store, &[remove("life")]).await, [true]);
    assert_eq!(load(store).await, [record("before"), record("after")]);
}

pub(super) async fn changes_of_one_job_in_one_commit_come_in_order(store: &dyn JobStore) {
    let life = [insert("one"), start("one", 1), end("one", 1, completed())];
    assert_eq!(commit(store, &life).await, [true; 3]);
    let again = [remove("one"), insert("one"), start("one", 1), requeue("one", 1), start("one", 2)];
    assert_eq!(commit(store, &again).await, [true; 5]);
    let late = [end("one", 1, failed()), end("one", 2, completed()), end("one", 2, failed()), start("one", 3)];
    assert_eq!(commit(store, &late).await, [false, true, false, false]);
    let expected = (State::Completed, Some(completed()));
    assert_eq!(find(store, "one").await.map(|job| (job.state, job.ending)), Some(expected));
    let backwards = [start("two", 1), insert("two")];
    assert_eq!(commit(store, &backwards).await, [false, true]);
}

pub(super) async fn one_that_does_not_fit_stops_no_other(store: &dyn JobStore) {
    let changes = [insert("a"), insert("a"), insert("b"), start("nobody", 1), start("a", 2), start("b", 1)];
    assert_eq!(commit(store, &changes).await, [true, false, true, false, false, true]);
    let states: Vec<_> = load(store).await.into_iter().map(|job| (job.service_id, job.state)).collect();
    assert_eq!(states, [("a".to_owned(), State::Queued), ("b".to_owned(), State::Running)]);
}

pub(super) async fn nothing_may_be_committed(store: &dyn JobStore) {
    assert!(commit(store, &[]).await.is_empty());
    assert_eq!(commit(store, &[remove("nobody")]).await, [false]);
    assert!(load(store).await.is_empty());
}

pub(super) async fn a_key_is_inserted_once(store: &dyn JobStore) {
    let other = Record { method: "startAnother".to_owned(), queued_at: 5, ..record("a") };
    let other = Change::Insert(Box::new(other), "<other/>".repeat(1_000));
    assert_eq!(commit(store, &[insert("a"), other]).await, [true, false]);
    assert_eq!(load(store).await, [record("a")]);
    assert_eq!(super::request(store, "a").await.as_deref(), Some("<request/>"));
}

pub(super) async fn many_may_commit_at_once(store: &dyn JobStore) {
    let names: Vec<_> = (0..40).map(|number| format!("{number}")).collect();
    let own: Vec<_> = names.iter().map(|name| [insert(name), insert("shared"), start(name, 1)]).collect();
    let fits = futures_util::future::join_all(own.iter().map(|changes| store.commit(changes))).await;
    let fits: Vec<_> = fits.into_iter().map(|fits| fits.expect("the store works")).collect();
    assert!(fits.iter().all(|fits| fits[0] && fits[2]));
    assert_eq!(fits.iter().filter(|fits| fits[1]).count(), 1);
    let running = load(store).await.into_iter().filter(|job| job.state == State::Running);
    assert_eq!(running.filter(|job| names.iter().any(|name| key(name) == job.key)).count(), names.len());
}

pub(super) async fn one_that_is_there_answers(store: &dyn JobStore) {
    store.ping().await.expect("it is empty, and there");
    assert_eq!(commit(store, &[insert("a")]).await, [true]);
    store.ping().await.expect("it is there");
}
