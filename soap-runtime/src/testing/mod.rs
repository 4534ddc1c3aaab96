//! For tests of services: calling them without a socket, and whether they fit their contracts.

mod contract;
mod server;

pub use contract::assert_contract;
pub use server::{Connection, Running, Server};
