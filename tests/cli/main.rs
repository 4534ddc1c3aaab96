//! The program `soap`, run as people and scripts run it, against real services on free ports.

mod bad;
mod call;
mod check;
mod describe;
mod diff;
mod help;
#[path = "../e2e/processes.rs"]
#[allow(dead_code)]
mod processes;
mod program;
#[path = "../programs/mod.rs"]
mod programs;
mod run;
mod save;
mod services;
mod workflow;
