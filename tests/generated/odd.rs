//! All that is odd: names, choices, families, attributes, other namespaces, headers.

use std::str::FromStr;

use soap_runtime::rust_decimal::Decimal;
use soap_runtime::{AnyXml, Fault, Nillable, Service, soap_service};

use crate::golden::odd::{
    Address, AnyShape, Canvas, CardNumber, Circle, DrawOutput, Group, Node, OddService, OddServiceClient, Order,
    OrderChoice, OrderChoice2, OrderItem, Percent, Receipt, ReceiptRefusal, Shape, State, Unit,
};
use crate::{Script, body};

const ODD: [&str; 2] = ["urn:odd", "urn:odd:other"];

fn circle(radius: f64) -> AnyShape {
    AnyShape::Circle(Circle { base: Shape { name: "O".to_owned() }, radius })
}

fn order() -> Order {
    Order {
        item: vec![OrderItem { value: Decimal::from_str("2.50").expect("it is one"), unit: Unit::Kg, class: None }],
        choice: Some(OrderChoice::Invoice(Address { r#box: Some(3), town: Some("Oslo".to_owned()), street: None })),
        choice2: vec![OrderChoice2::Note("n".to_owned()), OrderChoice2::Flag(true), OrderChoice2::Note("m".to_owned())],
        tags: "a b".to_owned(),
        when: None,
        extra: Some(AnyXml::parse("<x xmlns=\"urn:x\"/>").expect("it is XML")),
        replaces: None,
        id: 7,
        retries: 3,
        state: State::Value1st,
    }
}

const ORDER: &str = "<tns:order id=\"7\" retries=\"3\" state=\"1st\"><tns:Item unit=\"kg\">2.5</tns:Item><tns:invoice>\
                     <tns:town>Oslo</tns:town><tns:box>3</tns:box></tns:invoice><tns:note>n</tns:note><tns:flag>true</tns:flag>\
                     <tns:note>m</tns:note><tns:tags>a b</tns:tags><tns:extra><x xmlns=\"urn:x\"/></tns:extra></tns:order>";

#[tokio::test]
async fn a_bare_message_with_all_that_types_can_hold() {
    let reply = "<a:receipt><a:refusal><a:reason>r</a:reason><a:reason>s</a:reason></a:refusal></a:receipt>";
    let script = Script::of(reply, ODD);
    let receipt = OddServiceClient::over(script.clone()).place_order(order()).await.expect("there is an answer");
    let refusal = ReceiptRefusal { reason: vec!["r".to_owned(), "s".to_owned()], r#final: true };
    assert_eq!(receipt, Receipt::Refusal(refusal));
    assert_eq!(script.sent(), [("urn:odd/PlaceOrder".to_owned(), body(ORDER))]);
}

#[tokio::test]
async fn arguments_of_other_namespaces_families_and_headers() {
    let reply = "<a:drawResponse><a:picture>AQI=</a:picture><a:took>PT1M</a:took><a:at>2024-02-29T12:00:00</a:at><a:tree>\
                 <a:left><a:right/></a:left></a:tree></a:drawResponse>";
    let script = Script::of(reply, ODD);
    let group = AnyShape::Group(Group { first: Some(Box::new(circle(1.0))), ..Group::default() });
    let drawn = OddServiceClient::over(script.clone())
        .draw(
            "s-1".to_owned(),
            "t",
            1,
            vec![circle(2.5), group],
            Canvas { width: 3, height: 4 },
            None,
            Percent(5),
            "a\"",
        )
        .await
        .expect("there is an answer");
    assert_eq!((drawn.picture.as_slice(), drawn.took.get_minutes()), (&[1, 2][..], 1));
    assert!(matches!(drawn.at, Nillable::Value(_)));
    let left = drawn.tree.and_then(|tree| tree.left).expect("there is a branch");
    assert_eq!(left.right, Some(Box::new(Node::default())));
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    let request = format!(
        "<soap11env:Header><tns:session>s-1</tns:session></soap11env:Header>{}",
        body(&format!(
            "<tns:draw><tns:type>t</tns:type><tns:self>1</tns:self>\
             <tns:shape {xsi} xsi:type=\"tns:Circle\"><tns:name>O</tns:name><tns:radius>2.5</tns:radius></tns:shape>\
             <tns:shape {xsi} xsi:type=\"tns:Group\"><tns:name></tns:name>\
             <tns:first {xsi} xsi:type=\"tns:Circle\"><tns:name>O</tns:name><tns:radius>1.0</tns:radius></tns:first></tns:shape>\
             <n1:canvas xmlns:n1=\"urn:odd:other\"><width>3</width><n1:height>4</n1:height></n1:canvas>\
             <tns:a-b.c>5</tns:a-b.c><tns:A_B_C>a\"</tns:A_B_C></tns:draw>"
        )),
    );
    assert_eq!(script.sent(), [("urn:odd:draw".to_owned(), request)]);
}

#[tokio::test]
async fn facets_are_kept_before_anything_is_sent() {
    let script = Script::of("", ODD);
    let client = OddServiceClient::over(script.clone());
    let card = Order { choice: Some(OrderChoice::Card(CardNumber("12".to_owned()))), ..order() };
    let error = client.place_order(card).await.expect_err("it is no number of a card");
    assert!(error.to_string().contains("[0-9]{4,19}"), "{error}");
    let error = client.draw(None, "t", 1, vec![], None, None, Percent(101), "a").await.expect_err("it is too much");
    assert!(error.to_string().contains("100"), "{error}");
    assert!(script.sent().is_empty());
}

struct FakeService;

#[soap_service]
impl OddService for FakeService {
    async fn place_order(&self, order: Order) -> Result<Receipt, Fault> {
        assert_eq!(order, self::order());
        Ok(Receipt::Number(7))
    }

    async fn draw(
        &self,
        session: Option<String>,
        _type: String,
        _itself: i32,
        shape: Vec<AnyShape>,
        canvas: Option<Canvas>,
        _anything: Option<AnyXml>,
        _a_b_c: Percent,
        _a_b_c2: String,
    ) -> Result<DrawOutput, Fault> {
        assert_eq!((session.as_deref(), shape), (Some("s-1"), vec![circle(2.5)]));
        assert_eq!(canvas, Some(Canvas { width: 3, height: 4 }));
        Ok(DrawOutput { picture: vec![1], ..DrawOutput::default() })
    }

    async fn forget(&self, _until: soap_runtime::WithOffset<soap_runtime::jiff::civil::Date>) -> Result<(), Fault> {
        Ok(())
    }
}

#[tokio::test]
async fn a_fake_understands_what_its_client_says() {
    let client = OddServiceClient::over(Service::new(FakeService).expect("it is sound"));
    assert_eq!(client.place_order(order()).await.expect("it answers"), Receipt::Number(7));
    let canvas = Canvas { width: 3, height: 4 };
    let drawn = client.draw("s-1".to_owned(), "t", 1, vec![circle(2.5)], canvas, None, Percent(5), "a").await;
    assert_eq!(drawn.expect("it answers").picture, [1]);
    let until = soap_runtime::jiff::civil::date(2024, 2, 29);
    client.forget(soap_runtime::WithOffset::local(until)).await.expect("it is taken");
}
