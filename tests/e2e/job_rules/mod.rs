//! The rules and limits of jobs, on real sockets, databases, folders and processes.

mod by_hand;
mod client;
mod clock;
mod disk;
mod failures;
mod full_disk;
mod limits;
mod links;
mod many;
mod messages;
mod moments;
mod operations;
mod places;
mod queue;
mod schema;
mod status;
mod typed;

#[path = "../../puppet/mod.rs"]
mod puppet;
