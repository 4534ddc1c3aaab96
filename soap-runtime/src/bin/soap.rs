//! The program `soap`; what it does is in the library, where its parts are at hand.

fn main() -> std::process::ExitCode {
    soap_runtime::__private::cli()
}
