//! Services without an instance to call: their descriptions, and what is made of these.

use std::any::type_name;

use super::definition::SoapService;
use crate::describe::registry::Registered;
use crate::describe::{DescriptionError, ServiceDescription};
use crate::wsdl::Wsdl;

/// What is registered of the service `S`, which is written in `module`.
pub const fn registered<S: SoapService>(module: &'static str) -> Registered {
    Registered::new(described::<S>, module, type_name::<S>)
}

fn described<S: SoapService>() -> Result<ServiceDescription, DescriptionError> {
    let definition = S::definition();
    definition.check().map(|()| definition.description)
}

impl Wsdl {
    /// The WSDL of the service `S`, without an instance of it.
    ///
    /// # Errors
    /// If its description breaks a rule that the macro could not see.
    ///
    /// ```
    /// use soap_runtime::{Wsdl, soap_service};
    ///
    /// struct Adder;
    ///
    /// #[soap_service]
    /// impl Adder {
    ///     #[operation(outputs(sum))]
    ///     fn add(&self, a: f64, b: f64) -> f64 {
    ///         a + b
    ///     }
    /// }
    ///
    /// let wsdl = Wsdl::of::<Adder>()?.at("http://localhost:8080/Adder");
    /// assert!(wsdl.contains(r#"<xs:element name="sum" type="xs:double"/>"#));
    /// # Ok::<(), soap_runtime::DescriptionError>(())
    /// ```
    pub fn of<S: SoapService>() -> Result<Self, DescriptionError> {
        described::<S>().map(|description| Self::new(&description))
    }
}
