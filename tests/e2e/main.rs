//! Services over real sockets, asked by raw HTTP: what foreign clients see.

mod app;
mod attachments;
mod bad_input;
mod coming_from;
#[path = "../files/mod.rs"]
mod files;
mod gzip;
mod job_rules;
mod jobs;
mod jobs_command;
mod lifetime;
mod metrics;
mod processes;
#[path = "../programs/mod.rs"]
mod programs;
mod proxy;
mod server;
mod soap_features;
mod typed;
mod waiter;
mod watched;
mod wire_table;
