//! Build scripts that use `soap_runtime::build`, in packages of their own.

mod lock;
mod package;
mod wsdl;
