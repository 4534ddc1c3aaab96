//! Headers, forms of messages, faults and rpc/literal, over sockets.

mod bodies;
mod faults;
mod headers;
mod rpc;

use soap_runtime::{HttpSettings, Service, SoapService};

use crate::server::{Answer, SOAP11, SOAP12, Server, envelope};

fn serve<S: SoapService>(service: S) -> Server {
    Server::serving(Service::new(service).expect("it fits the rules"), HttpSettings::default())
}

/// A message in SOAP 1.1 whose own namespace is the default one.
struct Message<'a> {
    header: &'a str,
    body: &'a str,
    action: &'a str,
}

impl Message<'_> {
    /// Posted to `/S`, where all services of these tests are.
    fn post(&self, server: &Server) -> Answer {
        let header =
            if self.header.is_empty() { String::new() } else { format!("<s:Header>{}</s:Header>", self.header) };
        let message = envelope(SOAP11, &header, self.body).replace("<s:Envelope", "<s:Envelope xmlns=\"urn:s\"");
        let headers = [("Content-Type", "text/xml; charset=utf-8"), ("SOAPAction", self.action)];
        server.request("POST /S HTTP/1.1", &headers, message.as_bytes())
    }

    fn post12(&self, server: &Server) -> Answer {
        let header =
            if self.header.is_empty() { String::new() } else { format!("<s:Header>{}</s:Header>", self.header) };
        let message = envelope(SOAP12, &header, self.body).replace("<s:Envelope", "<s:Envelope xmlns=\"urn:s\"");
        let content_type = format!("application/soap+xml; charset=utf-8; action=\"{}\"", self.action);
        server.request("POST /S HTTP/1.1", &[("Content-Type", &content_type)], message.as_bytes())
    }
}

fn call(server: &Server, body: &str) -> Answer {
    Message { header: "", body, action: "" }.post(server)
}

/// What stands between the tags of an element.
#[track_caller]
fn inside<'a>(answer: &'a Answer, element: &str) -> &'a str {
    let (start, end) = (format!("{element}>"), format!("</{element}>"));
    let within = answer.body.split_once(&start).and_then(|(_, rest)| rest.split_once(&end));
    within.unwrap_or_else(|| panic!("no {element}: {answer:?}")).0
}

const BODY: &str = "soap11env:Body";
const HEADER: &str = "soap11env:Header";
