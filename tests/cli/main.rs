//! The program `soap`, run as people and scripts run it, against real services on free ports.

mod bad;
mod check;
mod diff;
#[path = "../e2e/processes.rs"]
mod processes;
mod program;
#[path = "../programs/mod.rs"]
mod programs;
mod save;
mod workflow;
