//! Jobs as the platform runs them: the built program, real processes, and whatever takes them away.

mod aborts;
mod crash;
mod files;
mod forks;
pub(crate) mod lab;
mod restart;
mod rounds;
mod token;

/// Tests that hold wherever jobs run: `task::NAME` and `process::NAME`. One that is not listed is
/// never called, which the compiler says.
macro_rules! test_on_both {
    ($($name:ident)*) => {
        mod task {
            $(#[test] fn $name() { super::$name("task") })*
        }
        mod process {
            $(#[test] fn $name() { super::$name("process") })*
        }
    };
}
pub(crate) use test_on_both;
