//! Rows, and what stands in them.

use std::fmt::Display;
use std::str::FromStr;

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::super::StoreError;
use crate::fault::FaultCode;
use crate::jobs::id::JobKey;
use crate::jobs::state::{Ending, Failure, Record, State, Wanted};

const ABORT: &str = "abort";
const REMOVAL: &str = "removal";
const CLIENT: &str = "client";
const SERVER: &str = "server";

pub(super) fn word_of(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Abort => ABORT,
        Wanted::Removal => REMOVAL,
    }
}

/// What the columns of an ending hold.
#[derive(Default)]
pub(super) struct EndingColumns<'a> {
    pub(super) code: Option<&'static str>,
    pub(super) reason: Option<&'a str>,
    pub(super) detail: Option<&'a str>,
    pub(super) outputs: Option<&'a str>,
}

impl<'a> EndingColumns<'a> {
    pub(super) fn of(ending: Option<&'a Ending>) -> Self {
        match ending {
            Some(Ending::Completed(outputs)) => Self { outputs: Some(outputs), ..Self::default() },
            Some(Ending::Failed(Failure { code, reason, detail })) => {
                let code = if *code == FaultCode::Client { CLIENT } else { SERVER };
                Self { code: Some(code), reason: Some(reason), detail: detail.as_deref(), outputs: None }
            }
            Some(Ending::Aborted) | None => Self::default(),
        }
    }
}

pub(super) fn record(row: &AnyRow) -> Result<Record, StoreError> {
    Ok(Record {
        key: parse(row, "key")?,
        service: row.try_get("service")?,
        service_id: row.try_get("service_id")?,
        method: row.try_get("method")?,
        owner: parse(row, "owner")?,
        request: parse(row, "request_digest")?,
        executor: row.try_get("executor")?,
        state: parse(row, "state")?,
        attempt: attempt(row)?,
        queued_at: row.try_get("queued_at")?,
        started_at: row.try_get("started_at")?,
        ended_at: row.try_get("ended_at")?,
        wanted: wanted(row)?,
        ending: ending(row)?,
    })
}

/// How a job ended; nothing if it has not, or if that is not in the row.
pub(super) fn ending(row: &AnyRow) -> Result<Option<Ending>, StoreError> {
    match parse(row, "state")? {
        State::Queued | State::Running => Ok(None),
        State::Completed => Ok(row.try_get::<Option<_>, _>("outputs")?.map(Ending::Completed)),
        State::Aborted => Ok(Some(Ending::Aborted)),
        State::Failed => {
            let Some(reason) = row.try_get("reason")? else { return Ok(None) };
            Ok(Some(Ending::Failed(Failure { code: code(row)?, reason, detail: row.try_get("detail")? })))
        }
    }
}

/// What is wanted of which job.
pub(super) fn wanted_of(row: &AnyRow) -> Result<(JobKey, Wanted), StoreError> {
    let wanted = wanted(row)?.ok_or_else(|| senseless("wanted", "", "nothing is wanted"))?;
    Ok((parse(row, "key")?, wanted))
}

fn wanted(row: &AnyRow) -> Result<Option<Wanted>, StoreError> {
    match row.try_get("wanted")? {
        None => Ok(None),
        Some(ABORT) => Ok(Some(Wanted::Abort)),
        Some(REMOVAL) => Ok(Some(Wanted::Removal)),
        Some(other) => Err(senseless("wanted", other, "nobody can want that")),
    }
}

fn code(row: &AnyRow) -> Result<FaultCode, StoreError> {
    match row.try_get("code")? {
        CLIENT => Ok(FaultCode::Client),
        SERVER => Ok(FaultCode::Server),
        other => Err(senseless("code", other, "no fault has that code")),
    }
}

fn attempt(row: &AnyRow) -> Result<u32, StoreError> {
    let attempt: i64 = row.try_get("attempt")?;
    attempt.try_into().map_err(|_| senseless("attempt", &attempt.to_string(), "no attempt has that number"))
}

fn parse<T: FromStr<Err: Display>>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    let text = row.try_get(column)?;
    T::from_str(text).map_err(|error| senseless(column, text, error))
}

fn senseless(column: &str, value: &str, error: impl Display) -> StoreError {
    StoreError::Unusable(format!("a job has `{value}` in the column `{column}`: {error}"))
}
