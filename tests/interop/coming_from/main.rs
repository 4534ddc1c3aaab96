//! The services of the pages on coming from other stacks, each as its page shows it, as a whole program.
//!
//! `STACK` says which one: `spyne`, `jaxws` or `node`.

use soap_runtime::ExitCode;

/// A program as a module: its `main` stays its own business otherwise.
macro_rules! programs {
    ($($name:ident: $file:literal),* $(,)?) => { $(
        mod $name {
            include!($file);

            pub(super) fn run() -> ExitCode {
                main()
            }
        }
    )* };
}

programs! {
    cxf: "cxf.rs",
    node_soap: "node_soap.rs",
    spyne: "spyne.rs",
}

fn main() -> ExitCode {
    match std::env::var("STACK").as_deref() {
        Ok("spyne") => spyne::run(),
        Ok("jaxws") => cxf::run(),
        Ok("node") => node_soap::run(),
        _ => {
            eprintln!("`STACK` has to be `spyne`, `jaxws` or `node`");
            ExitCode::FAILURE
        }
    }
}
