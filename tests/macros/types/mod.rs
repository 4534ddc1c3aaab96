//! Types that derive `SoapType`, through a service and back.

mod clashes;
mod enums;
mod facets;
mod families;
mod forms;
mod round_trips;
mod structs;

use soap_runtime::{Limits, Reply, Request, Service, SoapService, Wsdl};

/// Elements, and those that come back, or how the words of the fault begin.
type Case<'a> = (&'a str, Result<&'a str, &'a str>);

/// What `service` answers to the body `body`, whose default namespace is `urn:t`.
async fn call(service: &Service, body: &str) -> Reply {
    let envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    let body = format!(
        r#"<e:Envelope xmlns:e="{envelope}" xmlns="urn:t" xmlns:xsi="{xsi}"><e:Body>{body}</e:Body></e:Envelope>"#
    );
    service.call(Request { body: body.into(), charset: None, action: None, limits: Limits::default() }).await
}

/// What `operation` answers to elements, or the words of the fault.
async fn echoed(service: &Service, operation: &str, elements: &str) -> Result<String, String> {
    let reply = call(service, &format!("<{operation}>{elements}</{operation}>")).await;
    if let Some(fault) = reply.fault {
        return Err(fault.message().to_owned());
    }
    let (_, rest) = reply.body.split_once(&format!("<tns:{operation}Response>")).expect("it is the answer");
    let (inner, _) = rest.split_once(&format!("</tns:{operation}Response>")).expect("it ends");
    Ok(inner.to_owned())
}

/// That each case is answered as it says, and that the answer is answered by itself.
async fn assert_echoes(service: &Service, operation: &str, cases: &[Case<'_>]) {
    for (elements, expected) in cases {
        let answer = echoed(service, operation, elements).await;
        match (&answer, expected) {
            (Ok(answer), Ok(expected)) => {
                assert_eq!(answer, expected, "{elements}");
                let again = format!(r#"<tns:{operation} xmlns:tns="urn:t">{answer}</tns:{operation}>"#);
                assert!(call(service, &again).await.body.contains(expected), "{again}");
            }
            (Err(message), Err(words)) => assert!(message.starts_with(words), "{elements}: {message}, and not {words}"),
            _ => panic!("{elements}: {answer:?}, and not {expected:?}"),
        }
    }
}

/// The types in the WSDL, without white space between tags.
fn types<S: SoapService>(service: S) -> String {
    let service = Service::new(service).expect("the description is sound");
    let wsdl = Wsdl::new(service.description()).at("http://localhost/");
    let (_, rest) = wsdl.split_once("<wsdl:types>").expect("there are types");
    let (types, _) = rest.split_once("</wsdl:types>").expect("they end");
    types.lines().map(str::trim).collect()
}
