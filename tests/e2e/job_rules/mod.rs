//! The rules and limits of jobs, on real sockets, databases, folders and processes.

mod by_hand;
mod client;
mod operations;
mod places;
mod schema;
mod typed;

#[path = "../../puppet/mod.rs"]
mod puppet;
