//! Build scripts that use `soap_runtime::build`, in packages of their own.

mod client;
mod lock;
mod package;
mod wsdl;
