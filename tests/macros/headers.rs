//! Headers: handlers for a whole service, and what nobody understands.

use soap_runtime::{
    Element, Fault, HeaderHandler, Limits, Received, Reply, Replying, Request, RequestHeaders, Service, Version,
    Writer, soap_service,
};

struct Adder;

#[soap_service(namespace = "urn:adder")]
impl Adder {
    #[operation(outputs(sum))]
    async fn add(&self, a: i32, b: i32) -> Result<i32, Fault> {
        a.checked_add(b).ok_or_else(|| Fault::client("too much"))
    }
}

/// Wants a ticket, and sends it back with what it was for.
struct Tickets;

#[derive(Default)]
struct Ticket(Option<String>);

impl HeaderHandler for Tickets {
    fn begin(&self) -> Box<dyn RequestHeaders> {
        Box::new(Ticket::default())
    }
}

impl RequestHeaders for Ticket {
    fn understands(&self, namespace: &str, local_name: &str) -> bool {
        (namespace, local_name) == ("urn:tickets", "ticket")
    }

    fn read(&mut self, block: Element<'_, '_>) -> Result<(), Fault> {
        self.0 = Some(block.text()?.into_owned());
        Ok(())
    }

    fn check(&mut self, request: &Received<'_>) -> Result<(), Fault> {
        match self.0.as_deref() {
            None => Err(Fault::client(format!("no ticket for {:?}", request.action))),
            Some("old") => Err(Fault::client(format!("the ticket for {:?} is too old", request.operation))),
            Some(_) => Ok(()),
        }
    }

    fn write(&self, reply: &Replying<'_>, header: &mut Writer) {
        let (operation, is_fault) = (reply.operation.unwrap_or("?"), reply.fault.is_some());
        header.element("ticket", |header| header.text(&format!("{:?} {operation} {is_fault}", self.0)));
    }
}

async fn call(service: &Service, version: Version, header: &str, body: &str) -> Reply {
    let envelope = match version {
        Version::Soap11 => "http://schemas.xmlsoap.org/soap/envelope/",
        _ => "http://www.w3.org/2003/05/soap-envelope",
    };
    let message = format!(
        "<e:Envelope xmlns:e='{envelope}' xmlns='urn:adder' xmlns:k='urn:tickets'><e:Header>{header}</e:Header>\
         <e:Body>{body}</e:Body></e:Envelope>"
    );
    let request = Request { body: message.into(), charset: None, action: Some("sum"), limits: Limits::default() };
    service.call(request).await
}

const ADD: &str = "<add><a>1</a><b>2</b></add>";

#[tokio::test]
async fn a_handler_reads_blocks_and_writes_into_replies_and_faults() {
    let service = Service::new(Adder).expect("it is sound").with_header_handler(Tickets);
    let ticket = "<k:ticket e:mustUnderstand='1'>7</k:ticket>";
    let cases = [
        (ticket, ADD, "Some(&quot;7&quot;) add false", "<tns:sum>3</tns:sum>"),
        (ticket, "<add><a>1</a></add>", "Some(&quot;7&quot;) add true", "the argument `b` is missing"),
        (ticket, "<add><a>2147483647</a><b>1</b></add>", "Some(&quot;7&quot;) add true", "too much"),
        (ticket, "<sub/>", "Some(&quot;7&quot;) ? true", "no operation `sub`"),
        ("", ADD, "None add true", "no ticket for Some(\"sum\")"),
        ("<k:ticket>old</k:ticket>", ADD, "Some(&quot;old&quot;) add true", "the ticket for Some(\"add\") is too old"),
        // For somebody else on the way.
        ("<k:ticket e:actor='urn:x' e:role='urn:x'>7</k:ticket>", ADD, "None add true", "no ticket"),
    ];
    for version in [Version::Soap11, Version::Soap12] {
        for (header, body, ticket, said) in cases {
            let reply = call(&service, version, header, body).await;
            let ticket = ticket.replace("&quot;", "\"");
            let written = format!("env:Header><tns:ticket>{ticket}</tns:ticket></soap1");
            assert!(reply.body.contains(&written), "{written} is not in {}", reply.body);
            assert!(reply.body.contains(said), "{said} is not in {}", reply.body);
        }
    }
}

#[tokio::test]
async fn the_first_block_that_nobody_understands_is_named_and_all_are_listed() {
    let service = Service::new(Adder).expect("it is sound").with_header_handler(Tickets);
    let header = "<k:ticket e:mustUnderstand='1'>7</k:ticket><x:a xmlns:x='urn:\"x\"' e:mustUnderstand='1'/>\
                  <b xmlns='' e:mustUnderstand='true'/><k:other>8</k:other>";
    let reply = call(&service, Version::Soap12, header, ADD).await;
    let listed = "<soap12env:Header><tns:ticket>Some(\"7\") add true</tns:ticket>\
                  <soap12env:NotUnderstood qname=\"q:a\" xmlns:q=\"urn:&quot;x&quot;\"/>\
                  <soap12env:NotUnderstood qname=\"b\"/></soap12env:Header>";
    assert!(reply.body.contains(listed), "{}", reply.body);
    assert!(reply.body.contains("the header `a` of namespace"), "{}", reply.body);
    let reply = call(&service, Version::Soap11, header, ADD).await;
    assert!(reply.body.contains("soap11env:MustUnderstand") && !reply.body.contains("NotUnderstood"), "{}", reply.body);
}

#[tokio::test]
async fn another_version_of_soap_is_told_which_there_are() {
    let service = Service::new(Adder).expect("it is sound");
    let body = "<Envelope xmlns='urn:soap13'><Body/></Envelope>";
    let request = Request { body: body.into(), charset: None, action: None, limits: Limits::default() };
    let reply = service.call(request).await.body;
    let reply = reply.as_str();
    let upgrade = "<soap11env:Header><up:Upgrade xmlns:up=\"http://www.w3.org/2003/05/soap-envelope\">\
                   <up:SupportedEnvelope qname=\"q:Envelope\" xmlns:q=\"http://www.w3.org/2003/05/soap-envelope\"/>\
                   <up:SupportedEnvelope qname=\"q:Envelope\" xmlns:q=\"http://schemas.xmlsoap.org/soap/envelope/\"/>\
                   </up:Upgrade></soap11env:Header>";
    assert!(reply.contains(upgrade) && reply.contains("soap11env:VersionMismatch"), "{reply}");
}

proptest::proptest! {
    #[test]
    fn whatever_stands_in_a_header_is_answered(header in "([a-z<>/ '\"=:&;1]|<k:ticket>|</k:ticket>|<a |e:mustUnderstand='1'|/>){0,20}") {
        let service = Service::new(Adder).expect("it is sound").with_header_handler(Tickets);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let reply = runtime.block_on(call(&service, Version::Soap12, &header, ADD));
        let said = reply.fault.map(|fault| fault.message().to_owned()).unwrap_or_default();
        proptest::prop_assert!(!said.contains("panicked"), "{}", said);
    }
}
