use super::*;

const SOAP11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP12: &str = "http://www.w3.org/2003/05/soap-envelope";

fn answer(status: u16, content_type: &str, body: impl Into<bytes::Bytes>) -> Answer {
    Answer::new(status, Some(content_type.to_owned()), body)
}

fn in_envelope(namespace: &str, inside: &str) -> Answer {
    answer(200, "text/xml", format!("<e:Envelope xmlns:e='{namespace}'>{inside}</e:Envelope>"))
}

/// The name and the text of the element in the Body; nothing, if there is none.
fn open(answer: &Answer) -> Result<Option<(String, String)>, CallError> {
    open_answer(answer, "http://there/", pass_over, |_, content| match content {
        Content::Nothing(_) => Ok(None),
        Content::Element(element) => {
            let name = element.local_name().to_owned();
            Ok(Some((name, element.text()?.into_owned())))
        }
    })
}

fn fault(namespace: &str, inside: &str) -> ReceivedFault {
    let fault = format!("<e:Header/><e:Body><e:Fault>{inside}</e:Fault></e:Body>");
    match open(&in_envelope(namespace, &fault)) {
        Err(CallError::Fault(fault)) => *fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_element_in_the_body_is_found_whatever_is_around_it() {
    for namespace in [SOAP11, SOAP12] {
        let deep = "<h:Session xmlns:h='urn:h'><Body>no</Body></h:Session>";
        for (inside, expected) in [
            ("<e:Body><r>1</r></e:Body>".to_owned(), Some("r")),
            ("<e:Body>\n <a:r xmlns:a='urn:a'>1</a:r>\n</e:Body>".to_owned(), Some("r")),
            (format!("<e:Header>{deep}</e:Header><e:Body wsu='x'><r>1</r></e:Body>"), Some("r")),
            ("<e:Body/>".to_owned(), None),
            ("<e:Body>\n<!-- nothing -->\n</e:Body>".to_owned(), None),
            // It is in no namespace of SOAP, so it is a reply.
            ("<e:Body><Fault>1</Fault></e:Body>".to_owned(), Some("Fault")),
        ] {
            let found = open(&in_envelope(namespace, &inside)).expect("it is a reply");
            assert_eq!(found.as_ref().map(|(name, _)| &**name), expected, "{inside}");
        }
    }
}

#[test]
fn the_encoding_is_what_the_media_type_says() {
    let text = format!("<e:Envelope xmlns:e='{SOAP11}'><e:Body><r>größe</r></e:Body></e:Envelope>");
    let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("it is Latin-1")).collect();
    for (content_type, body) in [
        ("text/xml; charset=utf-8", text.clone().into_bytes()),
        ("text/xml", text.into_bytes()),
        ("text/xml; charset=\"ISO-8859-1\"", latin1),
    ] {
        let found = open(&answer(200, content_type, body)).expect("it is a reply");
        assert_eq!(found, Some(("r".to_owned(), "größe".to_owned())), "{content_type}");
    }
}

#[test]
fn a_fault_of_soap_1_1_is_taken_apart() {
    let found = fault(
        SOAP11,
        "<faultcode>e:Client.ValidationError</faultcode><faultstring xml:lang='en'> no such\nthing </faultstring>\
         <faultactor>urn:me</faultactor><detail><x:Gone xmlns:x='urn:x'><x:id>7</x:id></x:Gone></detail>",
    );
    assert_eq!((&*found.code, &*found.message), ("Client.ValidationError", "no such\nthing"));
    assert_eq!((found.subcodes.len(), found.actor.as_deref()), (0, Some("urn:me")));
    let detail = found.detail.expect("there is one");
    assert_eq!(detail.as_str(), "<x:Gone xmlns:x=\"urn:x\"><x:id>7</x:id></x:Gone>");
    let bare = fault(SOAP11, "<faultcode>Server</faultcode><faultstring/><faultactor/>");
    let expected = ReceivedFault { code: "Server".to_owned(), ..ReceivedFault::default() };
    assert_eq!((bare.to_string(), bare), (" (Server)".to_owned(), expected));
}

#[test]
fn a_fault_of_soap_1_2_is_taken_apart() {
    let found = fault(
        SOAP12,
        "<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value xmlns:p='urn:p'>p:Validation</e:Value>\
         <e:Subcode><e:Value>Deep</e:Value></e:Subcode></e:Subcode></e:Code>\
         <e:Reason><e:Text xml:lang='de'>nein</e:Text><e:Text xml:lang='en-GB'>no</e:Text></e:Reason>\
         <e:Node>urn:node</e:Node><e:Detail><a>1</a></e:Detail>",
    );
    assert_eq!((&*found.code, &*found.message), ("Sender", "no"));
    assert_eq!(found.subcodes, ["Validation", "Deep"]);
    assert_eq!(found.actor.as_deref(), Some("urn:node"));
    assert_eq!(found.detail.as_ref().map(AnyXml::as_str), Some("<a>1</a>"));
    assert_eq!(found.to_string(), "no (Sender/Validation/Deep)");
    let german = fault(SOAP12, "<e:Reason><e:Text xml:lang='de'>nein</e:Text></e:Reason>");
    assert_eq!(german.message, "nein");
}

#[test]
fn what_is_no_soap_message_is_shown() {
    let page = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>";
    let words = "http://there/ answered with HTTP status 502 and no SOAP message";
    for (body, start) in [
        (page.to_owned(), ": <!DOCTYPE html> <html><head><title>502 Bad"),
        ("<html><head/></html>".to_owned(), ": <html><head/></html>"),
        ("upstream\n  is  down".to_owned(), ": upstream is down"),
        (String::new(), ""),
        ("<e:Envelope xmlns:e='urn:e'><e:Body/></e:Envelope>".to_owned(), ": <e:Envelope xmlns:e='urn:e'>"),
        (format!("<e:Envelope xmlns:e='{SOAP11}'/>"), ": <e:Envelope"),
        (format!("<e:Body xmlns:e='{SOAP11}'/>"), ": <e:Body"),
    ] {
        let error = open(&answer(502, "text/html", body.clone())).expect_err("it is none");
        assert!(matches!(error, CallError::NoSoap { status: 502, .. }), "{error:?}");
        assert!(error.to_string().starts_with(&format!("{words}{start}")), "{body}: {error}");
    }
    let long = "x".repeat(10_000);
    assert!(open(&answer(200, "text/plain", long)).expect_err("it is none").to_string().len() < 200);
    assert!(open(&answer(200, "application/octet-stream", vec![0xFF, 0xFE, 0x00])).is_err());
}

#[test]
fn a_reply_that_breaks_off_is_no_reply() {
    let text = format!("<e:Envelope xmlns:e='{SOAP11}'><e:Body><r>1</r>");
    let error = open(&answer(200, "text/xml", format!("{text}</e:Body"))).map(|found| found.is_some());
    // What stands before it can be read; that nothing follows is not asked.
    assert!(error.is_ok_and(|found| found));
    let error = open(&answer(200, "text/xml", &text[..text.len() - 6])).expect_err("it breaks off");
    assert!(matches!(error, CallError::Unreadable(_)), "{error:?}");
}

#[test]
fn a_header_is_read_before_the_body_and_its_errors_yield_to_a_fault() {
    let read = |inside: &str| {
        open_answer(
            &in_envelope(SOAP11, inside),
            "http://there/",
            |mut header| match header.next_child()? {
                Some(block) => block.text().map(|text| text.into_owned()),
                None => Err(header.error("is empty")),
            },
            |header, _| Ok(header),
        )
    };
    let body = "<e:Body><r/></e:Body>";
    let header = read(&format!("<e:Header><a>1</a><b/></e:Header>{body}"));
    assert_eq!(header.expect("it can be read").as_deref(), Some("1"));
    assert_eq!(read(body).expect("it can be read"), None);
    assert!(matches!(read(&format!("<e:Header/>{body}")), Err(CallError::Unreadable(_))));
    let fault = "<e:Body><e:Fault><faultcode>Server</faultcode></e:Fault></e:Body>";
    assert!(matches!(read(&format!("<e:Header/>{fault}")), Err(CallError::Fault(_))));
}
