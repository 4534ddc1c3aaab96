// Generated from `kitchen_sink_legacy.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, SoapOutput, SoapType, soap_service};

/// Where the WSDL says that `Legacy` is.
pub const ADDRESS: &str = "http://localhost:8080/kitchen/Legacy";

#[soap_service(
    path = "/kitchen/Legacy",
    namespace = "urn:kitchen:legacy",
    style = "rpc",
    foreign
)]
pub trait Legacy {
    /// The sum of two numbers.
    #[operation(outputs(sum))]
    async fn add(&self, a: i32, b: i32) -> Result<i32, Fault>;
    /// Sends back a list, which rpc wraps.
    #[operation(outputs(values))]
    async fn echo_list(&self, values: DoubleArray) -> Result<DoubleArray, Fault>;
    /// Sends back a structure and a word, in two parts.
    #[operation]
    async fn echo_pair(
        &self,
        address: Address,
        colour: Colour,
    ) -> Result<EchoPairOutput, Fault>;
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct DoubleArray {
    pub item: Vec<f64>,
}

/// Where somebody lives. Its namespace is that of another department.
#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:kitchen:people")]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// The town.
    pub city: String,
    /// The country, two letters.
    #[soap(length = 2)]
    pub country: Option<String>,
}

/// One of the colours that there are.
/// \`blue\`: As the sky at noon.
/// \`green\`: As grass.
/// \`dark-blue\`: As the sea at night.
#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
pub enum Colour {
    #[soap(name = "blue")]
    Blue,
    #[soap(name = "green")]
    Green,
    #[soap(name = "dark-blue")]
    DarkBlue,
}

/// The outputs of `echoPair`.
#[derive(Clone, Debug, PartialEq, SoapOutput)]
pub struct EchoPairOutput {
    pub address: Address,
    pub colour: Colour,
}
