//! Types that derive `SoapType`, through a service and back.

mod enums;
mod families;
mod structs;

use soap_runtime::{Limits, Reply, Request, Service, SoapService, Wsdl};

/// What `service` answers to the body `body`, whose default namespace is `urn:t`.
async fn call(service: &Service, body: &str) -> Reply {
    let envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    let body = format!(r#"<e:Envelope xmlns:e="{envelope}" xmlns="urn:t"><e:Body>{body}</e:Body></e:Envelope>"#);
    service.call(Request { body: body.into(), charset: None, action: None, limits: Limits::default() }).await
}

/// What stands in the element of the one output, or the words of the fault.
async fn echoed(service: &Service, operation: &str, value: &str) -> Result<String, String> {
    let reply = call(service, &format!("<{operation}>{value}</{operation}>")).await;
    if let Some(fault) = reply.fault {
        return Err(fault.message().to_owned());
    }
    let (_, rest) = reply.body.as_str().split_once(&format!("<tns:{operation}Response>")).expect("it is the answer");
    let (inner, _) = rest.split_once(&format!("</tns:{operation}Response>")).expect("it ends");
    Ok(inner.to_owned())
}

/// The types in the WSDL, without white space between tags.
fn types<S: SoapService>(service: S) -> String {
    let service = Service::new(service).expect("the description is sound");
    let wsdl = Wsdl::new(service.description()).at("http://localhost/");
    let (_, rest) = wsdl.split_once("<wsdl:types>").expect("there are types");
    let (types, _) = rest.split_once("</wsdl:types>").expect("they end");
    types.lines().map(str::trim).collect()
}
