//! The case table of the wire format, row by row: what the reference does is not what decides here.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use soap_runtime::{HttpSettings, Limits};

use crate::server::{Answer, SOAP11, SOAP12, Server, envelope, good, soap11};

const ID: &str = "<t:serviceID>a</t:serviceID>";

fn seconds(text: &str) -> String {
    format!("{ID}<t:secondsToWait>{text}</t:secondsToWait>")
}

#[test]
fn the_soap_action_is_ignored_whatever_it_is() {
    let server = Server::start();
    for action in ["", "\"\"", "startWaiter", "\"startWaiter\"", "\"getServiceStatus\"", "\"STARTWAITER\""] {
        let answer = server.request("POST /waiter/Waiter HTTP/1.1", &[("SOAPAction", action)], good().as_bytes());
        assert_eq!(answer.result(), "a||300", "{action}");
    }
}

#[test]
fn the_reply_has_the_bytes_of_the_reference() {
    let answer = Server::start().post(good());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/xml; charset=utf-8"));
    assert_eq!(answer.header("content-length"), Some(&*answer.body.len().to_string()));
    assert_eq!(answer.header("transfer-encoding"), None);
    assert_eq!(
        answer.body,
        "<?xml version='1.0' encoding='UTF-8'?>\n<soap11env:Envelope xmlns:soap11env=\
         \"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:tns=\"tns\"><soap11env:Body><tns:startWaiterResponse>\
         <tns:status_base64>UNCHANGED</tns:status_base64><tns:result>a||300</tns:result></tns:startWaiterResponse>\
         </soap11env:Body></soap11env:Envelope>"
    );
}

#[test]
fn arguments_in_another_order_are_accepted() {
    let arguments =
        "<t:secondsToWait>7</t:secondsToWait><t:sessionToken>k</t:sessionToken><t:serviceID>a</t:serviceID>";
    assert_eq!(Server::start().start_waiter(arguments).result(), "a|k|7");
}

#[test]
fn an_unknown_argument_is_ignored() {
    let arguments = format!("<t:colour><deep>red</deep></t:colour>{ID}<more/>");
    assert_eq!(Server::start().start_waiter(&arguments).result(), "a||300");
}

#[test]
fn the_same_argument_twice_is_a_validation_error() {
    let server = Server::start();
    let message = server.start_waiter(&format!("{ID}{ID}")).fault("Client.ValidationError");
    assert!(message.contains("`serviceID`"), "{message}");
    let twice = format!("{}<t:secondsToWait>2</t:secondsToWait>", seconds("1"));
    let message = server.start_waiter(&twice).fault("Client.ValidationError");
    assert!(message.contains("`secondsToWait`"), "{message}");
}

#[test]
fn arguments_in_no_or_a_foreign_namespace_are_bound_by_their_local_name() {
    let server = Server::start();
    assert_eq!(server.start_waiter("<serviceID>b</serviceID>").result(), "b||300");
    assert_eq!(server.start_waiter("<x:serviceID xmlns:x=\"urn:x\">c</x:serviceID>").result(), "c||300");
}

#[test]
fn an_operation_in_no_namespace_is_accepted() {
    let body = soap11("<startWaiter><serviceID>a</serviceID></startWaiter>");
    assert_eq!(Server::start().post(body).result(), "a||300");
}

#[test]
fn an_operation_in_a_wrong_namespace_is_not_found_and_the_fault_names_those_there_are() {
    let body = soap11("<startWaiter xmlns=\"urn:other\"/>");
    let message = Server::start().post(body).fault("Client.ResourceNotFound");
    for word in ["`startWaiter`", "`urn:other`", "`tns`", "getServiceStatus"] {
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn missing_nil_or_empty_seconds_are_the_default_which_the_wsdl_states() {
    let server = Server::start();
    let nil = "<t:secondsToWait xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"/>";
    for arguments in [ID.to_owned(), format!("{ID}{nil}"), seconds(""), format!("{ID}<t:secondsToWait/>")] {
        assert_eq!(server.start_waiter(&arguments).result(), "a||300", "{arguments}");
    }
    let wsdl = server.get("/waiter/Waiter?wsdl").body;
    let element = wsdl.lines().find(|line| line.contains("\"secondsToWait\"")).expect("it is described");
    assert!(element.contains("default=\"300\""), "{element}");
}

#[test]
fn what_is_no_integer_is_a_validation_error_with_name_and_place() {
    let server = Server::start();
    for text in ["abc", "2.5", "1e1", "0x10"] {
        let body = soap11(&format!(
            "<startWaiter xmlns=\"tns\">\n  <serviceID>a</serviceID>\n  <secondsToWait>{text}</secondsToWait></startWaiter>"
        ));
        let message = server.post(body).fault("Client.ValidationError");
        assert!(message.contains("`secondsToWait`") && message.contains(&format!("`{text}`")), "{message}");
        assert!(message.contains("line 3, column 3"), "{message}");
    }
}

#[test]
fn white_space_a_plus_and_leading_zeros_are_accepted() {
    let server = Server::start();
    for text in [" 5 ", "\n5\t", "+5", "0005"] {
        assert_eq!(server.start_waiter(&seconds(text)).result(), "a||5", "{text:?}");
    }
}

#[test]
fn an_integer_outside_of_the_rust_type_is_a_validation_error_that_states_the_range() {
    let message = Server::start().start_waiter(&seconds("4294967296")).fault("Client.ValidationError");
    assert!(message.contains("0 to 4294967295"), "{message}");
}

#[test]
fn a_missing_service_id_is_a_validation_error_that_names_it() {
    let message = Server::start().start_waiter("").fault("Client.ValidationError");
    assert!(message.contains("`serviceID`"), "{message}");
}

#[test]
fn a_missing_or_nil_session_token_is_accepted() {
    let nil = "<t:sessionToken xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"1\"/>";
    let server = Server::start();
    assert_eq!(server.start_waiter(ID).result(), "a||300");
    assert_eq!(server.start_waiter(&format!("{nil}{ID}")).result(), "a||300");
}

#[test]
fn zero_and_minus_zero_seconds_are_accepted_and_negative_ones_refused() {
    let server = Server::start();
    assert_eq!(server.start_waiter(&seconds("0")).result(), "a||0");
    assert_eq!(server.start_waiter(&seconds("-0")).result(), "a||0");
    let message = server.start_waiter(&seconds("-1")).fault("Client.ValidationError");
    assert!(message.contains("`secondsToWait`"), "{message}");
}

#[test]
fn underscores_fractions_and_foreign_digits_are_no_integers() {
    let server = Server::start();
    for text in ["1_0", "2.0", "٣"] {
        server.start_waiter(&seconds(text)).fault("Client.ValidationError");
    }
}

#[test]
fn an_xsi_type_is_ignored_on_simple_types() {
    let arguments = "<t:serviceID xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" \
                     xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" i:type=\"xsd:int\">a</t:serviceID>";
    assert_eq!(Server::start().start_waiter(arguments).result(), "a||300");
}

#[test]
fn nil_may_be_written_as_true_or_as_1() {
    let server = Server::start();
    for nil in ["true", "1"] {
        let argument = format!(
            "<t:secondsToWait xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"{nil}\"></t:secondsToWait>"
        );
        assert_eq!(server.start_waiter(&format!("{ID}{argument}")).result(), "a||300");
    }
}

#[test]
fn an_unknown_service_id_is_a_client_fault_that_names_it() {
    let body = soap11("<getServiceStatus xmlns=\"tns\"><serviceID>nobody</serviceID></getServiceStatus>");
    let message = Server::start().post(body).fault("Client");
    assert!(message.contains("\"nobody\""), "{message}");
}

#[test]
fn comments_and_cdata_in_values_are_joined_and_processing_instructions_refused() {
    let server = Server::start();
    let joined = "<t:serviceID>a<!-- x -->b<![CDATA[<c>&]]>d&amp;&#x65;</t:serviceID>";
    assert_eq!(server.start_waiter(joined).result(), "ab<c>&d&e||300");
    let message = server.start_waiter("<t:serviceID>a<?php evil ?>b</t:serviceID>").fault("Client.XMLSyntaxError");
    assert!(message.contains("processing instruction"), "{message}");
}

#[test]
fn a_doctype_is_refused_whatever_is_in_it() {
    let server = Server::start();
    for doctype in ["<!DOCTYPE s>", "<!DOCTYPE s SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE s [<!ENTITY a \"b\">]>"] {
        let message = server.post(format!("{doctype}{}", good())).fault("Client.XMLSyntaxError");
        assert!(message.contains("DOCTYPE"), "{message}");
    }
    let message = server.start_waiter("<t:serviceID>&a;</t:serviceID>").fault("Client.XMLSyntaxError");
    assert!(message.contains("`&a;`"), "{message}");
}

#[test]
fn characters_that_xml_forbids_are_a_syntax_error() {
    let server = Server::start();
    for text in ["&#0;", "&#1;", "&#xFFFE;", "&#xD800;", "\u{1}", "\u{FFFF}"] {
        server.start_waiter(&format!("<t:serviceID>{text}</t:serviceID>")).fault("Client.XMLSyntaxError");
    }
}

#[test]
fn other_encodings_are_read_and_undecodable_bytes_are_a_client_fault() {
    let server = Server::start();
    let text = good().replace(">a<", ">é<");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let declared = [b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", &latin1[..]].concat();
    for (content_type, body) in [
        ("text/xml", [b"\xFF\xFE", &utf16(u16::to_le_bytes)[..]].concat()),
        ("text/xml", [b"\xFE\xFF", &utf16(u16::to_be_bytes)[..]].concat()),
        ("text/xml; charset=utf-16", utf16(u16::to_le_bytes)),
        ("text/xml; charset=\"ISO-8859-1\"", latin1.clone()),
        ("text/xml", declared),
        ("text/xml", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
    ] {
        assert_eq!(server.post_as(content_type, body).result(), "é||300", "{content_type}");
    }
    let message = server.post(latin1).fault("Client.XMLSyntaxError");
    assert!(message.contains("0xE9"), "{message}");
}

#[test]
fn an_empty_body_or_an_unknown_charset_is_always_a_client_fault() {
    let server = Server::start();
    let answer = server.post("");
    assert_eq!(answer.status, 400);
    answer.client_fault();
    assert!(server.post(soap11("")).fault("Client.SoapError").contains("Body is empty"));
    let answer = server.post_as("text/xml; charset=klingon", good());
    assert_eq!(answer.status, 415);
    assert!(answer.client_fault().contains("`klingon`"));
}

#[test]
fn a_gzip_body_is_accepted() {
    assert_eq!(post_encoded(&Server::start(), "gzip", &gzip(good().as_bytes())).result(), "a||300");
}

#[test]
fn two_operations_garbage_no_envelope_and_a_bare_operation_are_client_faults() {
    let server = Server::start();
    let twice = soap11("<startWaiter><serviceID>a</serviceID></startWaiter><startWaiter/>");
    assert!(server.post(twice).fault("Client.SoapError").contains("second operation"));
    server.post(format!("{} trailing", good())).fault("Client.XMLSyntaxError");
    server.post(format!("{}<more/>", good())).client_fault();
    server.post("just text").client_fault();
    let message = server.post("<startWaiter xmlns=\"tns\"/>").fault("Client.SoapError");
    assert!(message.contains("Envelope") && message.contains("<startWaiter>"), "{message}");
}

#[test]
fn soap_1_2_is_accepted_and_answered_in_1_2() {
    let server = Server::start();
    let call = "<t:startWaiter xmlns:t=\"tns\"><t:serviceID>a</t:serviceID></t:startWaiter>";
    let answer = server.post_as("application/soap+xml", envelope(SOAP12, "", call));
    assert_eq!(answer.result(), "a||300");
    assert_eq!(answer.header("content-type"), Some("application/soap+xml; charset=utf-8"));
    assert!(answer.body.contains(SOAP12) && !answer.body.contains(SOAP11));
    let answer = server.post_as("application/soap+xml", envelope(SOAP12, "", "<t:startWaiter xmlns:t=\"tns\"/>"));
    assert_eq!(answer.status, 400);
    assert_eq!(answer.element("Value").as_deref(), Some("soap12env:Sender"));
    assert!(!server.get("/waiter/Waiter?wsdl").body.contains("soap12"));
}

#[test]
fn an_unknown_header_that_must_be_understood_is_a_fault() {
    let server = Server::start();
    let call = "<startWaiter><serviceID>a</serviceID></startWaiter>";
    let with = |namespace, attributes: &str| {
        let header = format!("<s:Header><x:Sign xmlns:x=\"urn:x\" {attributes}/></s:Header>");
        server.post(envelope(namespace, &header, call))
    };
    let message = with(SOAP11, "s:mustUnderstand=\"1\"").fault("MustUnderstand");
    assert!(message.contains("`Sign`") && message.contains("`urn:x`"), "{message}");
    assert_eq!(with(SOAP11, "s:mustUnderstand=\"0\"").result(), "a||300");
    assert_eq!(with(SOAP11, "").result(), "a||300");
    assert_eq!(with(SOAP11, "s:mustUnderstand=\"1\" s:actor=\"urn:somebody-else\"").result(), "a||300");
    let answer = with(SOAP12, "s:mustUnderstand=\"true\"");
    assert_eq!(answer.element("Value").as_deref(), Some("soap12env:MustUnderstand"));
}

#[test]
fn a_body_over_the_limit_is_too_long() {
    let mut settings = HttpSettings::default();
    settings.max_body = 1000;
    let server = Server::with(settings);
    assert_eq!(server.post(good()).result(), "a||300");
    let answer = server.post(good().replace(">a<", &format!(">{}<", "a".repeat(1000))));
    assert_eq!(answer.status, 413);
    assert!(answer.fault("Client.RequestTooLong").contains("1000"));
}

#[test]
fn a_document_nested_too_deeply_is_a_fault() {
    let nested = |depth: usize| format!("{ID}{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let server = Server::start();
    assert_eq!(server.start_waiter(&nested(253)).result(), "a||300");
    server.start_waiter(&nested(254)).fault("Client.LimitExceeded");
    let mut settings = HttpSettings::default();
    settings.limits.depth = 10;
    server_with(settings).start_waiter(&nested(8)).fault("Client.LimitExceeded");
}

fn server_with(settings: HttpSettings) -> Server {
    assert_ne!(settings.limits, Limits::default());
    Server::with(settings)
}

#[test]
fn other_methods_are_refused_with_allow_and_get_shows_the_documentation() {
    let server = Server::start();
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = server.request(&format!("{method} /waiter/Waiter HTTP/1.1"), &[], b"");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("get, head, post")), "{method}");
        answer.client_fault();
    }
    let page = server.get("/waiter/Waiter");
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").is_some_and(|value| value.starts_with("text/html")));
    assert!(page.body.contains("startWaiter") && page.body.contains("secondsToWait"), "{}", page.body);
}

#[test]
fn the_wsdl_is_there_in_any_case_with_a_value_and_for_head() {
    let server = Server::start();
    for query in ["wsdl", "WSDL", "wsdl=1"] {
        let answer = server.get(&format!("/waiter/Waiter?{query}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/xml; charset=utf-8")));
        assert!(answer.body.contains("definitions"), "{query}");
    }
    let length = server.get("/waiter/Waiter?wsdl").body.len().to_string();
    let head = server.request("HEAD /waiter/Waiter?wsdl HTTP/1.1", &[], b"");
    assert_eq!((head.status, head.header("content-length"), &*head.body), (200, Some(&*length), ""));
}

#[test]
fn every_way_to_send_a_body_is_answered() {
    let server = Server::start();
    let body = good();
    let head = |version: &str, extra: &str| format!("POST /waiter/Waiter HTTP/{version}\r\nHost: x\r\n{extra}\r\n");
    let length = format!("Connection: close\r\nContent-Length: {}\r\n", body.len());
    // Expect: 100-continue: the body follows once the server has asked for it.
    let mut stream = server.connect();
    stream.write_all(head("1.1", &format!("Expect: 100-continue\r\n{length}")).as_bytes()).expect("sent");
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).expect("the server asks for the body");
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).expect("sent");
    assert_eq!(Answer::read(stream).result(), "a||300");
    // HTTP/1.0.
    let old = format!("{}{body}", head("1.0", &format!("Content-Length: {}\r\n", body.len())));
    assert_eq!(server.send(old.as_bytes()).result(), "a||300");
    // Chunked.
    let (first, second) = body.split_at(40);
    let chunks = format!("{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    let chunked = format!("{}{chunks}", head("1.1", "Connection: close\r\nTransfer-Encoding: chunked\r\n"));
    assert_eq!(server.send(chunked.as_bytes()).result(), "a||300");
    // The body in later packets.
    let mut stream = server.connect();
    stream.set_nodelay(true).expect("an option of TCP");
    for piece in [head("1.1", &length).as_str(), first, second] {
        stream.write_all(piece.as_bytes()).expect("sent");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(Answer::read(stream).result(), "a||300");
}

#[test]
fn a_connection_that_will_be_closed_is_said_to() {
    let server = Server::start();
    let answer = server.post(good());
    assert_eq!(answer.header("connection"), Some("close"));
    let mut settings = HttpSettings::default();
    settings.max_body = 10;
    let keeps_alive =
        format!("POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n{}", "x".repeat(11));
    let answer = Server::with(settings).send(keeps_alive.as_bytes());
    assert_eq!((answer.status, answer.header("connection")), (413, Some("close")));
}

#[test]
fn the_address_is_made_for_every_request() {
    let address = |answer: Answer| {
        let start = answer.body.find("location=\"").expect("there is an address") + "location=\"".len();
        answer.body[start..].split('"').next().map(str::to_owned).expect("it ends")
    };
    let server = Server::start();
    assert_eq!(address(server.get("/waiter/Waiter?wsdl")), "http://test.example:81/waiter/Waiter");
    let forwarded: &[(&str, &str)] = &[("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "outside.example")];
    let ask = |server: &Server| address(server.request("GET /waiter/Waiter?wsdl HTTP/1.1", forwarded, b""));
    assert_eq!(ask(&server), "http://test.example:81/waiter/Waiter", "nobody is trusted");
    let mut settings = HttpSettings::default();
    settings.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    assert_eq!(ask(&Server::with(settings.clone())), "https://outside.example/waiter/Waiter");
    settings.public_url = Some("https://fixed.example/".parse().expect("a URL"));
    assert_eq!(ask(&Server::with(settings)), "https://fixed.example/waiter/Waiter");
}

#[test]
fn faults_have_the_status_of_their_kind() {
    let server = Server::start();
    assert_eq!(server.start_waiter("").status, 500);
    assert_eq!(server.post("").status, 400);
    assert_eq!(server.send(b"POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 411);
    assert_eq!(server.post_as("multipart/form-data; boundary=x", good()).status, 415);
    let broken = "<t:breakDown xmlns:t=\"tns\"><how>fault</how></t:breakDown>";
    let answer = server.post(soap11(broken));
    assert_eq!((answer.status, answer.fault("Server").as_str()), (500, "the mesh is broken"));
    assert!(!answer.body.contains("inside out"), "what is for the log stays there");
    assert_eq!(server.post(envelope(SOAP12, "", broken)).status, 500);
    assert_eq!(server.post(envelope(SOAP12, "", "<t:startWaiter xmlns:t=\"tns\"/>")).status, 400);
    let foreign = server.post(envelope("urn:soap13", "", broken));
    foreign.fault("VersionMismatch");
}

#[test]
fn a_fault_has_the_form_of_the_reference_without_its_empty_actor() {
    let server = Server::start();
    let broken = "<t:breakDown xmlns:t=\"tns\"><how>fault</how></t:breakDown>";
    assert_eq!(
        server.post(soap11(broken)).body,
        "<?xml version='1.0' encoding='UTF-8'?>\n<soap11env:Envelope xmlns:soap11env=\
         \"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:tns=\"tns\"><soap11env:Body><soap11env:Fault>\
         <faultcode>soap11env:Server</faultcode><faultstring>the mesh is broken</faultstring></soap11env:Fault>\
         </soap11env:Body></soap11env:Envelope>"
    );
}

#[test]
fn broken_gzip_a_bomb_and_an_unknown_coding_are_client_faults() {
    let server = Server::start();
    let mut broken = gzip(good().as_bytes());
    broken.truncate(broken.len() / 2);
    let answer = post_encoded(&server, "gzip", &broken);
    assert_eq!(answer.status, 400);
    answer.client_fault();
    let bomb = gzip(&vec![b' '; 50 << 20]);
    let answer = post_encoded(&server, "gzip", &bomb);
    assert_eq!(answer.status, 413);
    answer.fault("Client.RequestTooLong");
    let answer = post_encoded(&server, "br", good().as_bytes());
    assert_eq!(answer.status, 415);
    assert!(answer.client_fault().contains("`br`"));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn post_encoded(server: &Server, encoding: &str, body: &[u8]) -> Answer {
    server.request("POST /waiter/Waiter HTTP/1.1", &[("Content-Encoding", encoding)], body)
}

#[test]
fn the_service_is_the_last_thing_in_the_wsdl() {
    let wsdl = Server::start().get("/waiter/Waiter?wsdl").body;
    let at = |tag: &str| wsdl.find(tag).unwrap_or_else(|| panic!("no {tag}"));
    assert!(at("<wsdl:binding") < at("<wsdl:service") && at("<wsdl:portType") < at("<wsdl:binding"));
}

#[test]
fn the_context_root_answers_200() {
    let mut settings = HttpSettings::default();
    settings.context_root = "/sintef/docker_services".to_owned();
    let server = Server::with(settings);
    for path in ["/sintef/docker_services/", "/sintef/docker_services", "/health", "/sintef/docker_services/health"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert_eq!(server.get("/sintef/docker_services/waiter/Waiter?wsdl").status, 200);
    let mut settings = HttpSettings::default();
    settings.context_root = "/health".to_owned();
    let healthy = Server::with(settings);
    for path in ["/health", "/health/", "/health/health", "/health/waiter/Waiter?wsdl"] {
        assert_eq!(healthy.get(path).status, 200, "{path}");
    }
    let answer = server.post(good());
    assert_eq!(answer.status, 404);
    assert!(answer.fault("Client.ResourceNotFound").contains("/sintef/docker_services/waiter/Waiter"));
}

#[test]
fn floats_are_double_and_float_and_have_infinities() {
    let server = Server::start();
    let wsdl = server.get("/waiter/Waiter?wsdl").body;
    for (name, xsd) in [("double", "xs:double"), ("float", "xs:float")] {
        assert!(wsdl.lines().any(|line| line.contains(&format!("name=\"{name}\" type=\"{xsd}\""))), "{wsdl}");
    }
    let call = |value: &str| {
        let body = format!("<floats xmlns=\"tns\"><double>{value}</double><float>{value}</float></floats>");
        let answer = server.post(soap11(&body));
        assert_eq!(answer.status, 200, "{answer:?}");
        (answer.element("double").expect("an output"), answer.element("float").expect("an output"))
    };
    for value in ["INF", "-INF", "NaN"] {
        assert_eq!(call(value), (value.to_owned(), value.to_owned()));
    }
    let (double, float) = call("0.25");
    assert_eq!((double.parse(), float.parse()), (Ok(2.5_f64), Ok(2.5_f32)));
}
