//! `jobs show`.

use std::io::{self, Write};
use std::process::ExitCode;

use super::command::Form;
use super::list::{object, wanted};
use super::text::{Clock, safe, safe_lines};
use super::{Problem, print};
use crate::fault::FaultCode;
use crate::jobs::{Admin, Details, Ending, Record, State};

/// The most characters of a text that people are shown.
const MOST: usize = 4000;
/// The width of the names, and how far texts are indented.
const NAMES: usize = 12;

pub(super) async fn show(admin: &Admin, job: &Record, form: Form) -> Result<ExitCode, Problem> {
    let details = admin.details(job.key).await?;
    match form {
        Form::People => print(|out| write_all(out, job, &details, &Clock::system()))?,
        Form::Json => print(|out| writeln!(out, "{}", json(job, &details)))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn json(job: &Record, details: &Details) -> String {
    let (outputs, failure) = match &details.ending {
        Some(Ending::Completed(outputs)) => (Some(&**outputs), None),
        Some(Ending::Failed(failure)) => (None, Some(failure)),
        Some(Ending::Aborted) | None => (None, None),
    };
    let folder = details.folder.as_ref().map(|folder| folder.to_string_lossy());
    object(job)
        .text("arguments", details.request.as_deref())
        .text("outputs", outputs)
        .text("reason", failure.map(|failure| &*failure.reason))
        .text("fault", failure.map(|failure| whose(failure.code)))
        .text("detail", failure.and_then(|failure| failure.detail.as_deref()))
        .text("folder", folder.as_deref())
        .texts("log", details.log.as_deref().unwrap_or_default())
        .finish()
}

/// Whose fault a failure is, as its fault code says.
fn whose(code: FaultCode) -> &'static str {
    if code == FaultCode::Client { "client" } else { "server" }
}

fn write_all(out: &mut dyn Write, job: &Record, details: &Details, clock: &Clock) -> io::Result<()> {
    let folder = details.folder.as_ref().map(|folder| safe(&folder.to_string_lossy()));
    let lines = [
        ("serviceID", Some(safe(&job.service_id))),
        ("key", Some(job.key.to_string())),
        ("service", Some(safe(&job.service))),
        ("operation", Some(safe(&job.method)).filter(|name| !name.is_empty())),
        ("state", Some(job.state.to_string())),
        ("wanted", job.wanted.map(|what| wanted(what).to_owned())),
        ("attempt", Some(job.attempt.to_string())),
        ("executor", Some(safe(&job.executor))),
        ("queued", Some(clock.long(job.queued_at))),
        ("started", job.started_at.map(|at| clock.long(at))),
        ("ended", job.ended_at.map(|at| clock.long(at))),
        ("duration", duration(job, clock)),
        ("folder", folder),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            writeln!(out, "{name:NAMES$}{value}")?;
        }
    }
    write_text(out, "arguments", details.request.as_deref())?;
    match &details.ending {
        Some(Ending::Completed(outputs)) => write_text(out, "outputs", Some(outputs))?,
        Some(Ending::Failed(failure)) => {
            write_text(out, "reason", Some(&failure.reason))?;
            write_text(out, "detail", failure.detail.as_deref())?;
        }
        Some(Ending::Aborted) | None => {}
    }
    match &details.log {
        Ok(lines) => write_text(out, "log", Some(&lines.join("\n"))),
        Err(error) => write_text(out, "log", Some(&format!("cannot be read: {error}"))),
    }
}

fn duration(job: &Record, clock: &Clock) -> Option<String> {
    match job.state {
        State::Queued => None,
        _ => job.started_at.map(|from| clock.between(from, job.ended_at)),
    }
}

/// A text of one or many lines, unless it is empty.
fn write_text(out: &mut dyn Write, name: &str, text: Option<&str>) -> io::Result<()> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(()) };
    let end = text.char_indices().nth(MOST).map(|(end, _)| end);
    let mut name = name;
    for line in safe_lines(&text[..end.unwrap_or(text.len())]) {
        writeln!(out, "{name:NAMES$}{line}")?;
        name = "";
    }
    match end {
        Some(end) => {
            writeln!(out, "{name:NAMES$}… {} more characters; --json has them", text[end..].chars().count())
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::record;
    use super::*;
    use crate::jobs::Failure;

    fn shown(job: &Record, details: &Details) -> String {
        let mut out = Vec::new();
        write_all(&mut out, job, details, &Clock::at("1970-01-01T00:02:03Z[UTC]")).expect("memory takes all");
        String::from_utf8(out).expect("text")
    }

    fn details(ending: Option<Ending>) -> Details {
        let log = Ok(vec!["\u{1b}[32mok\u{1b}[0m".to_owned(), "\u{7}last".to_owned()]);
        Details { request: Some("<tns:a>\n1</tns:a>".to_owned()), ending, folder: Some("/data/jobs/1".into()), log }
    }

    #[test]
    fn all_of_a_failure_is_shown_and_nothing_that_a_terminal_obeys() {
        let job = record("a\nb", State::Failed);
        let detail = Some("<tns:NoMesh/>".to_owned());
        let failure = Failure { code: FaultCode::Client, reason: "no\nmesh\u{1b}]0;x".to_owned(), detail };
        let expected = format!(
            "\
serviceID   a\\nb
key         {}
service     Waiter
operation   startWaiter
state       failed
attempt     1
executor    process
queued      1970-01-01 00:00:01 +00:00
started     1970-01-01 00:00:03 +00:00
ended       1970-01-01 00:01:08 +00:00
duration    1 min 5 s
folder      /data/jobs/1
arguments   <tns:a>
            1</tns:a>
reason      no
            mesh\\u{{1b}}]0;x
detail      <tns:NoMesh/>
log         ok
            \\u{{7}}last
",
            job.key
        );
        assert_eq!(shown(&job, &details(Some(Ending::Failed(failure)))), expected);
    }

    #[test]
    fn what_there_is_not_is_left_out_and_what_is_long_is_cut() {
        let job = record("a", State::Queued);
        let nothing = Details { request: None, ending: None, folder: None, log: Ok(Vec::new()) };
        let said = shown(&job, &nothing);
        assert!(["started", "ended", "duration", "folder", "arguments", "log"].iter().all(|name| !said.contains(name)));
        assert!(json(&job, &nothing).ends_with(r#""detail":null,"folder":null,"log":[]}"#));
        let outputs = "ö".repeat(MOST + 5);
        let long = details(Some(Ending::Completed(outputs.clone())));
        let said = shown(&record("a", State::Completed), &long);
        assert!(said.contains(&format!("{}\n            … 5 more characters; --json has them\n", "ö".repeat(MOST))));
        assert!(json(&job, &long).contains(&outputs));
        let unreadable = Details { log: Err(io::Error::other("is no plain file")), ..nothing };
        assert!(shown(&job, &unreadable).ends_with("log         cannot be read: is no plain file\n"));
    }
}
