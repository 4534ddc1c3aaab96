//! The steps by which the schema came to be what it is. A step that was released never changes.

use sqlx::migrate::{Migrate as _, MigrateError, Migration, MigrationType};
use sqlx::{AnyConnection, Connection as _, SqlSafeStr as _};

use super::sqlite::BEGIN;

/// Number, name and statements of each step.
const STEPS: [(i64, &str, &str); 1] =
    [(1, "jobs", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite/0001_jobs.sql")))];

/// Where sqlx keeps which steps were done; its own tools look there, too.
const TABLE: &str = "_sqlx_migrations";

/// Does the steps that the database lacks. All in one transaction that excludes other writers: two
/// programs that open a new database at the same time must not both make its tables.
///
/// sqlx's `Migrator` does the same, but its future is not `Send` when it is given a transaction.
pub(super) async fn migrate(connection: &mut AnyConnection) -> Result<(), MigrateError> {
    let mut transaction = connection.begin_with(BEGIN).await?;
    transaction.ensure_migrations_table(TABLE).await?;
    let done = transaction.list_applied_migrations(TABLE).await?;
    if let Some(unknown) = done.iter().find(|done| STEPS.iter().all(|(version, ..)| *version != done.version)) {
        return Err(MigrateError::VersionMissing(unknown.version));
    }
    for (version, name, statements) in STEPS {
        let step = Migration::new(version, name.into(), MigrationType::Simple, statements.into_sql_str(), false);
        match done.iter().find(|done| done.version == version) {
            Some(done) if done.checksum == step.checksum => {}
            Some(_) => return Err(MigrateError::VersionMismatch(version)),
            None => _ = transaction.apply(TABLE, &step).await?,
        }
    }
    Ok(transaction.commit().await?)
}
