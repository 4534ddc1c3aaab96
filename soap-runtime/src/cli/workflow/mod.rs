//! `soap workflow`: runs a whole workflow against live services, as the workflow manager does.

mod condition;
mod findings;
mod model;
mod parse;
