//! `jobs list`.

use std::io::{self, Write};
use std::process::ExitCode;

use terminal_size::{Width, terminal_size_of};

use super::command::{Form, Selection};
use super::json::Object;
use super::table::{Column, Table};
use super::text::{Clock, middle_cut, rfc3339, safe};
use super::{Problem, print, tell};
use crate::jobs::{Admin, Newest, Record, State, Wanted};

/// The longest serviceID in the table; a UUID has 36 characters.
const LONGEST: usize = 40;
/// A cell with nothing in it.
const NONE: &str = "-";

const COLUMNS: [Column; 9] = [
    Column { title: "SERVICE ID", cut_to: Some(16), left_out: None },
    Column { title: "SERVICE", cut_to: Some(12), left_out: Some(3) },
    Column { title: "OPERATION", cut_to: Some(12), left_out: Some(4) },
    Column { title: "STATE", cut_to: None, left_out: None },
    Column { title: "ATTEMPT", cut_to: None, left_out: Some(2) },
    Column { title: "QUEUED", cut_to: None, left_out: Some(5) },
    Column { title: "STARTED", cut_to: None, left_out: Some(1) },
    Column { title: "ENDED", cut_to: None, left_out: None },
    Column { title: "DURATION", cut_to: None, left_out: None },
];

pub(super) async fn list(admin: &Admin, selection: &Selection, form: Form) -> Result<ExitCode, Problem> {
    let Selection { states, service, most } = selection;
    let is_wanted = |job: &Record| {
        (states.is_empty() || states.contains(&job.state))
            && service.as_ref().is_none_or(|service| job.service == *service)
    };
    let newest = admin.newest(is_wanted, *most).await?;
    match form {
        Form::People => print(|out| write_table(out, &newest, &Clock::system(), room()))?,
        Form::Json => {
            print(|out| newest.jobs.iter().try_for_each(|job| writeln!(out, "{}", object(job).finish())))?;
            if newest.more > 0 {
                tell(&more(newest.more));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The width of the terminal, if it is one.
fn room() -> Option<usize> {
    terminal_size_of(io::stdout()).map(|(Width(columns), _)| columns.into())
}

fn more(count: usize) -> String {
    format!("{count} more; --all or --limit COUNT lists them")
}

fn write_table(out: &mut dyn Write, newest: &Newest, clock: &Clock, room: Option<usize>) -> io::Result<()> {
    if newest.jobs.is_empty() && newest.more == 0 {
        return writeln!(out, "no such jobs");
    }
    let rows = newest.jobs.iter().map(|job| row(job, clock)).collect();
    Table { columns: &COLUMNS, rows }.write(out, room)?;
    if newest.more > 0 {
        writeln!(out, "{}", more(newest.more))?;
    }
    Ok(())
}

fn row(job: &Record, clock: &Clock) -> Vec<String> {
    let time = |at: Option<_>| at.map_or_else(|| NONE.to_owned(), |at| clock.short(at));
    let from = job.started_at.filter(|_| job.state != State::Queued);
    vec![
        middle_cut(&safe(&job.service_id), LONGEST),
        safe(&job.service),
        // Jobs by hand have no operation of their own.
        if job.method.is_empty() { NONE.to_owned() } else { safe(&job.method) },
        job.state.to_string(),
        job.attempt.to_string(),
        clock.short(job.queued_at),
        time(job.started_at),
        time(job.ended_at),
        from.map_or_else(|| NONE.to_owned(), |from| clock.between(from, job.ended_at)),
    ]
}

/// What a record says, for programs.
pub(super) fn object(job: &Record) -> Object {
    let time = |at: Option<_>| at.and_then(rfc3339);
    Object::new()
        .text("serviceID", Some(&job.service_id))
        .text("key", Some(&job.key.to_string()))
        .text("service", Some(&job.service))
        .text("operation", Some(&job.method))
        .text("state", Some(job.state.word()))
        .number("attempt", job.attempt)
        .text("executor", Some(&job.executor))
        .text("queuedAt", time(Some(job.queued_at)).as_deref())
        .text("startedAt", time(job.started_at).as_deref())
        .text("endedAt", time(job.ended_at).as_deref())
        .text("wanted", job.wanted.map(wanted))
}

pub(super) fn wanted(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Abort => "abort",
        Wanted::Removal => "removal",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::record;
    use super::*;

    fn table(newest: &Newest) -> String {
        let mut out = Vec::new();
        write_table(&mut out, newest, &Clock::at("1970-01-01T00:02:03Z[UTC]"), None).expect("memory takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_table_tells_of_each_state() {
        let mut lost = record("lost", State::Queued);
        (lost.attempt, lost.started_at) = (1, Some(3_000));
        let mut withdrawn = record("withdrawn", State::Aborted);
        (withdrawn.attempt, withdrawn.started_at) = (0, None);
        let long = record(&"0123456789".repeat(5), State::Completed);
        let newest = Newest {
            jobs: vec![record("a\nb", State::Queued), lost, record("runs", State::Running), long, withdrawn],
            more: 7,
        };
        let expected = "\
SERVICE ID                                SERVICE  OPERATION    STATE      ATTEMPT  QUEUED    STARTED   ENDED     DURATION
a\\nb                                      Waiter   startWaiter  queued     0        00:00:01  -         -         -
lost                                      Waiter   startWaiter  queued     1        00:00:01  00:00:03  -         -
runs                                      Waiter   startWaiter  running    1        00:00:01  00:00:03  -         2 min
01234567890123456789012345…7890123456789  Waiter   startWaiter  completed  1        00:00:01  00:00:03  00:01:08  1 min 5 s
withdrawn                                 Waiter   startWaiter  aborted    0        00:00:01  -         00:01:08  -
7 more; --all or --limit COUNT lists them
";
        assert_eq!(table(&newest), expected);
        assert_eq!(table(&Newest { jobs: vec![], more: 0 }), "no such jobs\n");
    }

    #[test]
    fn an_object_has_all_of_a_record_but_digests() {
        let record = Record { wanted: Some(Wanted::Abort), ..record("a\nb", State::Running) };
        let expected = format!(
            r#"{{"serviceID":"a\u000ab","key":"{}","service":"Waiter","operation":"startWaiter","state":"running","attempt":1,"executor":"process","queuedAt":"1970-01-01T00:00:01.000Z","startedAt":"1970-01-01T00:00:03.000Z","endedAt":null,"wanted":"abort"}}"#,
            record.key,
        );
        assert_eq!(object(&record).finish(), expected);
    }
}
