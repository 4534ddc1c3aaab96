//! Services over real sockets, asked by raw HTTP: what foreign clients see.

mod bad_input;
mod lifetime;
mod server;
mod waiter;
mod wire_table;
