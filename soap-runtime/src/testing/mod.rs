//! For tests of services: whether they fit their contracts.

mod contract;

pub use contract::assert_contract;
