//! What was put in comes out, in order, whatever it is.

use super::{
    Change, Ending, Failure, FaultCode, JobKey, JobStore, Record, State, Wanted, commit, completed, end, ending, find,
    insert, key, load, record, remove, request, requeue, start, want, wanted,
};

pub(super) async fn jobs_come_in_the_order_in_which_they_were_queued(store: &dyn JobStore) {
    // The clock may go back while they come.
    let job = |name: &str, queued_at| Change::Insert(Box::new(Record { queued_at, ..record(name) }), String::new());
    commit(store, &[job("a", 50), job("b", 40)]).await;
    commit(store, &[job("c", 30), job("d", 30), job("e", 30)]).await;
    let changes = [start("c", 1), start("a", 1), end("d", 0, completed()), requeue("a", 1), end("b", 0, completed())];
    assert_eq!(commit(store, &changes).await, [true; 5]);
    commit(store, &[remove("b"), job("b", 10), end("e", 0, completed()), remove("e"), job("f", 20)]).await;
    let order: String = load(store).await.into_iter().map(|job| job.service_id).collect();
    assert_eq!(order, "acdbf");
}

pub(super) async fn a_record_comes_back_as_it_was_inserted(store: &dyn JobStore) {
    let running = Record {
        state: State::Running,
        attempt: u32::MAX,
        queued_at: i64::MIN,
        started_at: Some(i64::MAX),
        wanted: Some(Wanted::Abort),
        ..record("running")
    };
    let ended = Record {
        state: State::Completed,
        attempt: 7,
        queued_at: -1,
        ended_at: Some(0),
        wanted: Some(Wanted::Removal),
        ending: Some(completed()),
        ..record("ended")
    };
    let insert = |record: &Record| Change::Insert(Box::new(record.clone()), String::new());
    assert_eq!(commit(store, &[insert(&running), insert(&ended)]).await, [true, true]);
    assert_eq!(load(store).await, [running, ended]);
    // There is no attempt after the last one.
    assert_eq!(commit(store, &[requeue("running", u32::MAX), start("running", 0)]).await, [true, false]);
}

fn failure(reason: usize, detail: Option<usize>) -> Ending {
    let detail = detail.map(|length| "d".repeat(length));
    Ending::Failed(Failure { code: FaultCode::Server, reason: "r".repeat(reason), detail })
}

pub(super) async fn long_endings_come_only_when_asked_for(store: &dyn JobStore) {
    let most = Record::SHORT;
    let endings = [
        (Ending::Aborted, true),
        (Ending::Completed(String::new()), true),
        (Ending::Completed("o".repeat(most)), true),
        (Ending::Completed("o".repeat(most + 1)), false),
        (Ending::Completed("ö".repeat(most / 2)), true),
        (Ending::Completed("ö".repeat(most / 2 + 1)), false),
        (Ending::Completed("<result>long</result>".repeat(500_000)), false),
        (failure(0, None), true),
        (failure(most, None), true),
        (failure(most + 1, None), false),
        (failure(most, Some(0)), true),
        (failure(0, Some(most)), true),
        (failure(most / 2, Some(most / 2)), true),
        (failure(most / 2, Some(most / 2 + 1)), false),
        (failure(1, Some(1_000_000)), false),
    ];
    for (at, (how, short)) in endings.into_iter().enumerate() {
        let name = at.to_string();
        assert_eq!(commit(store, &[insert(&name)]).await, [true]);
        assert_eq!(ending(store, &name).await, None);
        assert_eq!(commit(store, &[end(&name, 0, how.clone())]).await, [true]);
        assert_eq!(ending(store, &name).await.as_ref(), Some(&how));
        let expected = (how.state(), Some(how).filter(|_| short));
        assert_eq!(find(store, &name).await.map(|job| (job.state, job.ending)), Some(expected), "{at}");
    }
    assert_eq!(ending(store, "unknown").await, None);
}

pub(super) async fn no_text_is_too_odd(store: &dyn JobStore) {
    let texts = [
        String::new(),
        " \t\r\n ".to_owned(),
        "'; drop table jobs; --".to_owned(),
        "\"`[]{}()\\/*$1 ?1 :a @a %s %n %2e".to_owned(),
        "../../etc/passwd".to_owned(),
        "null".to_owned(),
        "9".repeat(40),
        "0x1e9".to_owned(),
        "🛠️ 漢字 עברית e\u{301} \u{202e} \u{feff} \u{fffd} \u{10ffff}".to_owned(),
        "ä".repeat(50_000),
        "long".repeat(25_000),
    ];
    for (at, text) in texts.iter().enumerate() {
        let service = format!("{text}{at}");
        let key = JobKey::of(&service, text);
        let [service_id, method, executor] = [(); 3].map(|()| text.clone());
        let job = Record { key, service, service_id, method, executor, ..record("") };
        assert_eq!(commit(store, &[Change::Insert(Box::new(job.clone()), text.clone())]).await, [true], "{at}");
        assert_eq!(load(store).await.last(), Some(&job), "{at}");
        assert_eq!(store.request(key).await.ok().flatten().as_ref(), Some(text), "{at}");
        let detail = Some(text.clone());
        let how = Ending::Failed(Failure { code: FaultCode::Client, reason: text.clone(), detail });
        let change = Change::End { key, attempt: 0, ending: how.clone(), at: 0 };
        assert_eq!(commit(store, &[change]).await, [true], "{at}");
        assert_eq!(store.ending(key).await.ok().flatten(), Some(how), "{at}");
    }
    assert_eq!(load(store).await.len(), texts.len());
}

pub(super) async fn requests_come_back_and_go_with_their_job(store: &dyn JobStore) {
    let requests = ["", "<a>1</a>", &"a".repeat(2_048), &"a".repeat(2_049), &"<mesh>…</mesh>".repeat(300_000)];
    for (at, text) in requests.iter().enumerate() {
        let name = at.to_string();
        assert_eq!(request(store, &name).await, None);
        let changes = [Change::Insert(Box::new(record(&name)), (*text).to_owned()), start(&name, 1)];
        assert_eq!(commit(store, &changes).await, [true, true]);
        assert_eq!(request(store, &name).await.as_deref(), Some(*text));
        assert_eq!(commit(store, &[end(&name, 1, completed())]).await, [true]);
        assert_eq!(request(store, &name).await.as_deref(), Some(*text));
        assert_eq!(commit(store, &[remove(&name)]).await, [true]);
        assert_eq!(request(store, &name).await, None);
        assert_eq!(commit(store, &[insert(&name)]).await, [true]);
        assert_eq!(request(store, &name).await.as_deref(), Some("<request/>"));
    }
}

pub(super) async fn what_is_wanted_is_wanted_until_it_is_done(store: &dyn JobStore) {
    let changes = [insert("a"), insert("b"), insert("c"), start("b", 1), end("c", 0, completed())];
    assert_eq!(commit(store, &changes).await, [true; 5]);
    assert!(wanted(store).await.is_empty());
    // Twice is once, and a lost attempt changes nothing about it.
    let changes = [want("b", Wanted::Abort), want("c", Wanted::Removal), want("b", Wanted::Abort), requeue("b", 1)];
    assert_eq!(commit(store, &changes).await, [true; 4]);
    let mut expected = [(key("b"), Wanted::Abort), (key("c"), Wanted::Removal)];
    expected.sort_by_key(|(key, _)| *key);
    assert_eq!(wanted(store).await, expected);
    assert_eq!(find(store, "b").await.and_then(|job| job.wanted), Some(Wanted::Abort));
    assert_eq!(commit(store, &[end("b", 1, Ending::Aborted)]).await, [true]);
    assert_eq!(wanted(store).await, [(key("c"), Wanted::Removal)]);
    assert_eq!(commit(store, &[remove("c"), insert("c")]).await, [true, true]);
    assert!(wanted(store).await.is_empty());
}
