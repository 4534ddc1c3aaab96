//! The kitchen sink: each kind of message there and back, and all types in them.

use std::collections::BTreeMap;

use soap_runtime::client::CallError;
use soap_runtime::jiff::civil::date;
use soap_runtime::{AnyXml, Array, Attachment, HexBinary, HttpSettings, Nillable, Service, UsernameToken};

use super::guarded::{Guarded, GuardedClient, password_of};
use super::legacy::{Legacy, LegacyClient};
use super::sink::{KitchenSink, KitchenSinkClient};
use super::types::{Address, Colour, Line, Node, Order, OrderError, Payment, Percent, Price, Session};
use crate::server::Server;

fn serve() -> Server {
    let services = [Service::new(KitchenSink::default()), Service::new(Legacy), Service::new(Guarded)];
    let [sink, legacy, guarded] = services.map(|service| service.expect("it is sound"));
    let guarded = guarded.with_header_handler(UsernameToken::new(password_of));
    Server::serving_all(vec![sink, legacy, guarded], HttpSettings::default())
}

fn at(server: &Server, path: &str) -> String {
    format!("http://{}{path}", server.address)
}

fn sink(server: &Server) -> [KitchenSinkClient; 2] {
    let client = KitchenSinkClient::connect(at(server, "/kitchen/Sink")).expect("that is a URL");
    [client.clone(), client.soap12()]
}

fn price() -> Price {
    Price { currency: "EUR".to_owned(), amount: super::types::Cents("1.50".parse().expect("a number")) }
}

fn line() -> Line {
    Line { article: "tea & <cake>".to_owned(), count: 3, price: price() }
}

fn order() -> Order {
    let address = Address { street: "Low Lane 1".to_owned(), city: "Ghent".to_owned(), country: Some("BE".to_owned()) };
    Order {
        number: u64::MAX,
        urgent: true,
        ordered_on: date(2026, 11, 24),
        customer: address.clone(),
        lines: vec![line(), line()],
        colour: Colour::DarkBlue,
        payment: Payment::Invoice { address, days: 30 },
        tags: Some(Array::from(vec!["a".to_owned(), String::new()])),
        remarks: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
    }
}

#[tokio::test]
async fn values_come_back_as_they_were_sent() {
    let server = serve();
    for client in sink(&server) {
        client.echo_void().await.expect("it answers");
        assert_eq!(client.echo_string(" a\n<b>&\"ü😀 ").await.expect("it answers"), " a\n<b>&\"ü😀 ");
        assert!(client.echo_boolean(true).await.expect("it answers"));
        assert_eq!(client.echo_unsigned_long(u64::MAX).await.expect("it answers"), u64::MAX);
        assert_eq!(client.echo_double(f64::MIN_POSITIVE).await.expect("it answers"), f64::MIN_POSITIVE);
        assert_eq!(client.echo_date(date(2026, 2, 28)).await.expect("it answers"), date(2026, 2, 28));
        assert_eq!(client.echo_base64(vec![0, 255]).await.expect("it answers"), [0, 255]);
        assert_eq!(client.echo_hex(HexBinary(vec![0, 255])).await.expect("it answers"), HexBinary(vec![0, 255]));
        assert_eq!(client.echo_optional(None).await.expect("it answers"), None);
        assert_eq!(client.echo_optional(Some(String::new())).await.expect("it answers"), Some(String::new()));
        assert_eq!(client.echo_nillable(Nillable::Nil).await.expect("it answers"), Nillable::Nil);
        assert_eq!((client.echo_default(None).await.ok(), client.echo_default(5).await.ok()), (Some(300), Some(5)));
        assert_eq!(client.echo_strings(Vec::new()).await.expect("it answers"), [""; 0]);
        assert_eq!(client.echo_holes(vec![Some(1), None]).await.expect("it answers"), [Some(1), None]);
        assert_eq!(client.echo_array(Some(Array::from(vec![]))).await.expect("it answers"), Some(Array::from(vec![])));
        assert_eq!(client.echo_matrix(vec![vec![1.0], vec![]]).await.expect("it answers"), [vec![1.0], vec![]]);
        assert_eq!(client.echo_percent(Percent(7)).await.expect("it answers"), Percent(7));
        let leaf = Node { name: "leaf".to_owned(), value: Some(0.5), children: Vec::new() };
        let tree = Node { name: "root".to_owned(), value: None, children: vec![leaf.clone(), leaf] };
        assert_eq!(client.echo_tree(tree.clone()).await.expect("it answers"), tree);
        let xml = AnyXml::parse("<p:a xmlns:p='urn:p'>1</p:a>").expect("it is XML");
        assert_eq!(client.echo_xml(xml.clone()).await.expect("it answers").as_str(), xml.as_str());
    }
}

#[tokio::test]
async fn structures_come_back_as_they_were_sent() {
    let server = serve();
    for client in sink(&server) {
        assert_eq!(client.echo_order(order()).await.expect("it answers"), order());
        assert_eq!(client.echo_orders(vec![order(), order()]).await.expect("it answers"), [order(), order()]);
        assert_eq!(client.echo_payment(Payment::Cash).await.expect("it answers"), Payment::Cash);
        let file = client.echo_file(Attachment::from(vec![7; 300_000])).await.expect("it answers");
        assert_eq!(file.bytes().expect("it is in memory"), vec![7; 300_000]);
    }
}

#[tokio::test]
async fn messages_of_every_form_are_understood() {
    let server = serve();
    for client in sink(&server) {
        assert_eq!(client.echo_bare(line()).await.expect("it answers"), line());
        assert_eq!(client.echo_named("a").await.expect("it answers"), "a");
        assert_eq!(client.echo_bounded("AB-1", 0.5).await.expect("it answers"), ("AB-1".to_owned(), 0.5));
        let session = Session { user: "anna".to_owned(), roles: vec!["cook".to_owned()] };
        let answer = client.echo_headers(session.clone(), None).await.expect("it answers");
        assert_eq!((answer.outputs().as_str(), answer.headers()), ("anna", &(session, None)));
        client.tell("heard").await.expect("it is accepted");
        while client.told().await.expect("it answers") != "heard" {
            tokio::task::yield_now().await;
        }
    }
    let client = LegacyClient::connect(at(&server, "/kitchen/Legacy")).expect("that is a URL");
    assert_eq!(client.add(1, 2).await.expect("it answers"), 3);
    assert_eq!(client.echo_list(vec![0.5, 1.5]).await.expect("it answers"), [0.5, 1.5]);
    let address = order().customer;
    let pair = client.echo_pair(address.clone(), Colour::Green).await.expect("it answers");
    assert_eq!(pair, (address, Colour::Green));
}

#[tokio::test]
async fn each_fault_comes_back_as_the_error_that_it_was() {
    let server = serve();
    for client in sink(&server) {
        assert_eq!(client.order("ok", order()).await.expect("it answers"), u64::MAX);
        for kind in ["sold-out", "refused", "closed"] {
            let CallError::Fault(fault) = client.order(kind, order()).await.expect_err("it is refused") else {
                panic!("it is a fault");
            };
            let error = fault.to::<OrderError>().expect("it is one of them").expect("it can be read");
            let as_expected = match (kind, &error) {
                ("sold-out", OrderError::SoldOut { article, again_on }) => {
                    article == "tea" && *again_on == Some(date(2026, 11, 24))
                }
                ("refused", OrderError::OrderRefused(refusal)) => refusal.lines == order().lines,
                ("closed", OrderError::Closed) => true,
                _ => false,
            };
            assert!(as_expected, "{kind}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_user_name_goes_in_a_header() {
    let server = serve();
    let client = GuardedClient::connect(at(&server, "/kitchen/Guarded")).expect("that is a URL");
    let error = client.echo_string("a").await.expect_err("nobody says who asks");
    assert!(matches!(error, CallError::Fault(_)), "{error}");
    let header = "<w:Security xmlns:w='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>\
                  <w:UsernameToken><w:Username>anna</w:Username><w:Password>correct horse</w:Password>\
                  </w:UsernameToken></w:Security>";
    let client = client.with_header(AnyXml::parse(header).expect("it is XML"));
    assert_eq!(client.echo_string("a").await.expect("anna may"), "a");
}
