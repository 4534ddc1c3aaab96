//! Build scripts that use `soap_runtime::build`, in packages of their own.

mod package;
mod wsdl;
