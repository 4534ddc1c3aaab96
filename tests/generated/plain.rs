//! Services of other shapes: the reference's, rpc/literal, and one whose replies have another form than its requests.

use soap_runtime::{Fault, Nillable, Service, soap_service};

use crate::golden::calculator::CalculatorClient;
use crate::golden::mixed::FinderClient;
use crate::golden::rpc::{Plotter, PlotterClient, Point};
use crate::golden::waiter::WaiterClient;
use crate::{Script, body};

#[tokio::test]
async fn the_references_waiter_is_called_as_it_wants_to_be() {
    let reply = "<a:startWaiterResponse><a:status_base64>eA==</a:status_base64><a:result>UNSET</a:result></a:startWaiterResponse>";
    let script = Script::of(reply, ["tns", "urn:none"]);
    let client = WaiterClient::over(script.clone());
    let outputs = client.start_waiter("e-1".to_owned(), "t".to_owned(), 5).await.expect("there is an answer");
    assert_eq!((outputs.status_base64.as_deref(), outputs.result.as_deref()), (Some("eA=="), Some("UNSET")));
    let request = "<tns:startWaiter><tns:serviceID>e-1</tns:serviceID><tns:sessionToken>t</tns:sessionToken>\
                   <tns:secondsToWait>5</tns:secondsToWait></tns:startWaiter>";
    assert_eq!(script.sent(), [("startWaiter".to_owned(), body(request))]);
}

#[tokio::test]
async fn the_references_calculator_is_called_as_it_wants_to_be() {
    let script = Script::of("<a:addResponse><a:addResult>3.0</a:addResult></a:addResponse>", ["tns", "urn:none"]);
    let client = CalculatorClient::over(script.clone());
    assert_eq!(client.add(1.0, 2.0).await.expect("there is an answer"), Some(3.0));
    assert_eq!(script.sent(), [("add".to_owned(), body("<tns:add><tns:a>1.0</tns:a><tns:b>2.0</tns:b></tns:add>"))]);
}

#[tokio::test]
async fn requests_are_qualified_where_replies_are_not() {
    let reply = r#"<b:found><entries><name>x</name><size>7</size></entries><entries><name>y</name><size
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></entries><total>2</total></b:found>"#;
    let script = Script::of(reply, ["urn:mixed:requests", "urn:mixed:replies"]);
    let found = FinderClient::over(script.clone()).find("x", None).await.expect("there is an answer");
    let sizes: Vec<_> = found.entries.iter().map(|entry| entry.size).collect();
    assert_eq!((sizes, found.total), (vec![Nillable::Value(7), Nillable::Nil], 2));
    let request = body("<tns:find><tns:name>x</tns:name></tns:find>");
    assert_eq!(script.sent(), [("urn:mixed#find".to_owned(), request)]);
}

struct FakePlotter;

#[soap_service]
impl Plotter for FakePlotter {
    async fn r#move(&self, to: Point, fast: bool) -> Result<Point, Fault> {
        Ok(if fast { Point { y: Nillable::Nil, ..to } } else { to })
    }
}

#[tokio::test]
async fn rpc_is_spoken_both_ways() {
    let to = || Point { x: 1, y: Nillable::Value(2) };
    let client = PlotterClient::over(Service::new(FakePlotter).expect("it is sound"));
    assert_eq!(client.r#move(to(), true).await.expect("it answers").y, Nillable::Nil);
    let script =
        Script::of("<a:moveResponse><at><b:x>1</b:x><b:y>2</b:y></at></a:moveResponse>", ["urn:rpc", "urn:rpc:types"]);
    assert_eq!(PlotterClient::over(script.clone()).r#move(to(), false).await.expect("there is an answer"), to());
    let request =
        "<tns:move><to xmlns:n1=\"urn:rpc:types\"><n1:x>1</n1:x><n1:y>2</n1:y></to><fast>false</fast></tns:move>";
    assert_eq!(script.sent(), [("urn:rpc:move".to_owned(), body(request))]);
}
