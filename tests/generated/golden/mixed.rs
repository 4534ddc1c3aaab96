// Generated from `mixed.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, Nillable, SoapOutput, SoapType, soap_service};

/// Where the WSDL says that `Finder` is.
pub const ADDRESS: &str = "http://localhost:8080/find";

#[soap_service(path = "/find", namespace = "urn:mixed:requests", foreign)]
pub trait Finder {
    /// Finds entries by their names.
    #[operation(response = "found", action = "urn:mixed#find")]
    async fn find(
        &self,
        name: String,
        /// Default: `10`.
        limit: Option<i32>,
    ) -> Result<FindOutput, Fault>;
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:mixed:replies", form = "unqualified")]
pub struct Entry {
    pub name: String,
    pub size: Nillable<u64>,
}

/// The outputs of `find`.
#[derive(Clone, Debug, Default, PartialEq, SoapOutput)]
pub struct FindOutput {
    pub entries: Vec<Entry>,
    pub total: i64,
}
