// Generated from `rpc.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, Nillable, SoapType, soap_service};

/// Where the WSDL says that `Plotter` is.
pub const ADDRESS: &str = "http://localhost:8080/plot";

#[soap_service(path = "/plot", namespace = "urn:rpc", style = "rpc", foreign)]
pub trait Plotter {
    #[operation(outputs(at))]
    async fn r#move(&self, to: Point, fast: bool) -> Result<Point, Fault>;
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:rpc:types")]
pub struct Point {
    pub x: i32,
    pub y: Nillable<i32>,
}
