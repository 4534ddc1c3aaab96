-- Types are text and bigint, so that other databases can have the same tables. The one exception is
-- `seq`, the order in which jobs were queued: SQLite numbers rows by itself only if the type is called
-- `integer`, and then the table lies in that order. Keys and digests are 32 hexadecimal digits, times
-- are milliseconds since 1970.
create table jobs (
    seq integer primary key,
    key text not null unique,
    service text not null,
    service_id text not null,
    method text not null,
    owner text not null,
    request_digest text not null,
    executor text not null,
    state text not null,
    attempt bigint not null,
    queued_at bigint not null,
    started_at bigint,
    ended_at bigint,
    wanted text,
    -- How it ended; what may be long comes last, for whoever reads what is before it does not read on.
    code text,
    reason text,
    detail text,
    outputs text,
    request text
);

create index jobs_wanted on jobs (key) where wanted is not null;

-- A change of state writes the whole row again: long requests are not in it.
create table long_requests (
    key text primary key references jobs (key) on delete cascade,
    request text not null
);
