//! Changes as statements. Whether one fits, its WHERE clause decides: a row was affected, or none.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, query};

use super::rows::{self, EndingColumns};
use crate::jobs::state::{Change, Record, Wanted};

/// The most bytes of a request that are kept in the row of its job. Such a row is on one page of
/// the database, which is written as a whole whatever has changed.
const IN_ROW: usize = 2048;

const INSERT: &str = "
    insert into jobs (key, service, service_id, method, owner, request_digest, executor, state, attempt,
        queued_at, started_at, ended_at, wanted, code, reason, detail, outputs, request)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
    on conflict (key) do nothing";

const INSERT_LONG_REQUEST: &str = "insert into long_requests (key, request) values ($1, $2)";

const START: &str = "
    update jobs set state = 'running', attempt = $2, started_at = $3
    where key = $1 and state = 'queued' and attempt = $2 - 1";

const END: &str = "
    update jobs set state = $3, ended_at = $4, wanted = null, code = $5, reason = $6, detail = $7, outputs = $8
    where key = $1 and attempt = $2 and state in ('queued', 'running')";

const REQUEUE: &str = "update jobs set state = 'queued' where key = $1 and attempt = $2 and state = 'running'";

const WANT_ABORT: &str = "update jobs set wanted = $2 where key = $1 and state in ('queued', 'running')";

const WANT_REMOVAL: &str = "update jobs set wanted = $2 where key = $1 and state not in ('queued', 'running')";

/// Its long request goes with it.
const REMOVE: &str = "delete from jobs where key = $1 and state not in ('queued', 'running')";

type Statement<'q> = Query<'q, Any, AnyArguments>;

/// Carries out a change; says whether it did fit.
pub(super) async fn carry_out(connection: &mut AnyConnection, change: &Change) -> sqlx::Result<bool> {
    let statement = match change {
        Change::Insert(record, request) => return insert(connection, record, request).await,
        Change::Start { key, attempt, at } => query(START).bind(key.to_string()).bind(i64::from(*attempt)).bind(*at),
        Change::End { key, attempt, ending, at } => {
            let statement = query(END).bind(key.to_string()).bind(i64::from(*attempt));
            bind_ending(statement.bind(ending.state().word()).bind(*at), EndingColumns::of(Some(ending)))
        }
        Change::Requeue { key, attempt } => query(REQUEUE).bind(key.to_string()).bind(i64::from(*attempt)),
        Change::Want { key, wanted } => {
            let statement = match wanted {
                Wanted::Abort => WANT_ABORT,
                Wanted::Removal => WANT_REMOVAL,
            };
            query(statement).bind(key.to_string()).bind(rows::word_of(*wanted))
        }
        Change::Remove { key } => query(REMOVE).bind(key.to_string()),
    };
    affects(connection, statement).await
}

async fn insert(connection: &mut AnyConnection, record: &Record, request: &str) -> sqlx::Result<bool> {
    let in_row = Some(request).filter(|request| request.len() <= IN_ROW);
    let statement = bind_record(query(INSERT), record).bind(in_row);
    let fits = affects(connection, statement).await?;
    if fits && in_row.is_none() {
        affects(connection, query(INSERT_LONG_REQUEST).bind(record.key.to_string()).bind(request)).await?;
    }
    Ok(fits)
}

fn bind_record<'q>(statement: Statement<'q>, record: &Record) -> Statement<'q> {
    let statement = statement
        .bind(record.key.to_string())
        .bind(record.service.as_str())
        .bind(record.service_id.as_str())
        .bind(record.method.as_str())
        .bind(record.owner.to_string())
        .bind(record.request.to_string())
        .bind(record.executor.as_str())
        .bind(record.state.word())
        .bind(i64::from(record.attempt))
        .bind(record.queued_at)
        .bind(record.started_at)
        .bind(record.ended_at)
        .bind(record.wanted.map(rows::word_of));
    bind_ending(statement, EndingColumns::of(record.ending.as_ref()))
}

fn bind_ending<'q>(statement: Statement<'q>, ending: EndingColumns<'_>) -> Statement<'q> {
    statement.bind(ending.code).bind(ending.reason).bind(ending.detail).bind(ending.outputs)
}

async fn affects(connection: &mut AnyConnection, statement: Statement<'_>) -> sqlx::Result<bool> {
    Ok(statement.execute(connection).await?.rows_affected() > 0)
}
