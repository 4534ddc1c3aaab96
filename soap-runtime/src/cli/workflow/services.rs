//! The services of a workflow, each bound to an operation of a WSDL.

use std::sync::Arc;

use crate::cli::execution::Kind;
use crate::client::dynamic::Call;
use crate::wsdl::model::Definitions;

/// An operation at a port.
#[derive(Debug)]
pub(super) struct Bound {
    definitions: Arc<Definitions>,
    service: usize,
    port: usize,
    operation: usize,
}

impl Bound {
    pub(super) fn call(&self) -> Call<'_> {
        let port = &self.definitions.services[self.service].ports[self.port];
        Call::new(&self.definitions, port, &port.operations[self.operation])
    }

    pub(super) fn operation(&self) -> &str {
        &self.call().operation.name
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::of(&self.call())
    }

    pub(super) fn address(&self) -> &str {
        &self.definitions.services[self.service].ports[self.port].address
    }
}
