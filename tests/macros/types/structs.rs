//! Structs: elements, attributes, texts, defaults, other names.

use soap_runtime::{Service, SoapType, soap_service};

use super::{Case, assert_echoes, types};

/// Something to buy.
#[derive(SoapType)]
struct Line {
    /// What it is called.
    item: String,
    count: u32,
    r#type: Option<String>,
}

#[derive(SoapType)]
#[soap(rename_all = "camelCase")]
struct Order {
    #[soap(attribute)]
    id: String,
    /// As soon as that.
    #[soap(attribute)]
    urgent_from: Option<i32>,
    #[soap(attribute, default = 2)]
    copies: u8,
    the_lines: Vec<Line>,
    #[soap(default = 3)]
    retries: u32,
    #[soap(default)]
    note: String,
    next: Option<Box<Order>>,
    #[soap(skip)]
    cache: Vec<std::time::Duration>,
}

#[derive(SoapType)]
#[soap(name = "money")]
struct Price {
    #[soap(text)]
    amount: f64,
    #[soap(attribute)]
    currency: String,
}

#[derive(SoapType)]
struct Nothing;

#[derive(SoapType)]
struct NothingAtAll {}

#[derive(SoapType)]
struct Customer {
    name: String,
    #[soap(attribute)]
    number: u32,
    #[soap(flatten)]
    address: Address,
    #[soap(flatten)]
    limits: Limits,
}

#[derive(SoapType)]
struct Address {
    street: String,
    #[soap(attribute)]
    country: Option<String>,
}

#[derive(SoapType)]
#[soap(namespace = "urn:limits")]
struct Limits {
    credit: Option<u64>,
    inner: Option<Box<Limits>>,
}

/// More fields than a tuple has a default for.
#[derive(SoapType)]
struct Many {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
    g: u8,
    h: u8,
    i: u8,
    j: u8,
    k: u8,
    l: u8,
    #[soap(flatten)]
    address: Address,
    #[soap(attribute)]
    m: u8,
    #[soap(default)]
    n: u8,
}

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(v))]
    fn order(&self, v: Order) -> Order {
        assert!(v.cache.is_empty());
        v
    }
    #[operation(outputs(v))]
    fn price(&self, v: Option<Price>) -> Option<Price> {
        v
    }
    #[operation(outputs(v))]
    fn nothing(&self, v: Nothing, w: Option<NothingAtAll>) -> Nothing {
        let (Nothing, None) = (v, w) else { panic!("there is something") };
        Nothing
    }
    #[operation(outputs(v))]
    fn customer(&self, v: Customer) -> Customer {
        v
    }
    #[operation(outputs(v))]
    fn many(&self, v: Many) -> Many {
        v
    }
    #[operation(outputs(v))]
    fn limits(&self, v: Vec<Limits>) -> Vec<Limits> {
        v
    }
}

fn shop() -> Service {
    Service::new(Shop).expect("the description is sound")
}

#[tokio::test]
async fn fields_are_elements_and_attributes() {
    const EMPTY: &str = r#"<tns:v id="" copies="2"><tns:retries>3</tns:retries><tns:note></tns:note></tns:v>"#;
    let cases: &[Case<'_>] = &[
        (r#"<v id=""/>"#, Ok(EMPTY)),
        // In any order, whatever the namespace; what is not known is skipped.
        (
            r#"<v other="1" xmlns:o="urn:o" id="a&amp;&#10;7" urgentFrom=" 5 "><o:note>n</o:note><colour><note/></colour>
               <theLines><count>2</count><item>x</item></theLines><retries> 1 </retries>
               <theLines><item>y</item><count>1</count><type>t</type></theLines><next id=""/></v>"#,
            Ok(
                r#"<tns:v id="a&amp;&#10;7" urgentFrom="5" copies="2"><tns:theLines><tns:item>x</tns:item><tns:count>2</tns:count></tns:theLines><tns:theLines><tns:item>y</tns:item><tns:count>1</tns:count><tns:type>t</tns:type></tns:theLines><tns:retries>1</tns:retries><tns:note>n</tns:note><tns:next id="" copies="2"><tns:retries>3</tns:retries><tns:note></tns:note></tns:next></tns:v>"#,
            ),
        ),
        // Absent, nil, and empty where empty is no value, stand for the default.
        (r#"<v id=""><retries/></v>"#, Ok(EMPTY)),
        (r#"<v id=""><retries xsi:nil="1"/><note xsi:nil="true"/></v>"#, Ok(EMPTY)),
        ("<v/>", Err("`v`: the attribute `id` is missing in it")),
        (r#"<v id="" copies="x"/>"#, Err("`v.@copies`: `x` is no xs:unsignedByte")),
        (r#"<v id="" urgentFrom=""/>"#, Err("`v.@urgentFrom`: is empty, and must be an xs:int")),
        (r#"<v id=""><retries>x</retries></v>"#, Err("`v.retries`: `x` is no xs:unsignedInt")),
        (r#"<v id=""><retries/><retries>1</retries></v>"#, Err("`v.retries`: is there twice")),
        (r#"<v id=""><theLines><item/></theLines></v>"#, Err("`v.theLines[0]`: the element `count` is missing in it")),
        (
            r#"<v id=""><next id=""><theLines><item/><count>1</count></theLines><theLines><count>-1</count></theLines></next></v>"#,
            Err("`v.next.theLines[1].count`: `-1` is out of range"),
        ),
        (r#"<v id="">text</v>"#, Err("`v`: expected elements, found text")),
    ];
    assert_echoes(&shop(), "order", cases).await;
}

#[tokio::test]
async fn a_text_has_attributes() {
    let cases: &[Case<'_>] = &[
        ("", Ok("")),
        (r#"<v currency="EUR"> 1.5 </v>"#, Ok(r#"<tns:v currency="EUR">1.5</tns:v>"#)),
        (r#"<v>1.5</v>"#, Err("`v`: the attribute `currency` is missing in it")),
        (r#"<v currency="EUR"/>"#, Err("`v`: is empty, and must be an xs:double")),
        (r#"<v currency="EUR"><amount>1</amount></v>"#, Err("`v`: expected a value, found the element `<amount>`")),
    ];
    assert_echoes(&shop(), "price", cases).await;
}

#[tokio::test]
async fn a_struct_may_be_empty() {
    assert_echoes(
        &shop(),
        "nothing",
        &[("<v><a/></v>", Ok("<tns:v></tns:v>")), ("", Err("`nothing`: the argument `v` is missing"))],
    )
    .await;
}

#[tokio::test]
async fn flattened_fields_stand_among_the_others() {
    let cases: &[Case<'_>] = &[
        (
            r#"<v country="de" number="7"><inner><credit>2</credit></inner><street>s</street><name>n</name></v>"#,
            Ok(
                r#"<tns:v number="7" country="de"><tns:name>n</tns:name><tns:street>s</tns:street><tns:inner xmlns:n1="urn:limits"><n1:credit>2</n1:credit></tns:inner></tns:v>"#,
            ),
        ),
        (r#"<v number="7"><name>n</name></v>"#, Err("`v`: the element `street` is missing in it")),
    ];
    assert_echoes(&shop(), "customer", cases).await;
}

#[tokio::test]
async fn a_type_may_have_many_fields() {
    let letters: String =
        ('a'..='l').zip(1..).map(|(letter, number)| format!("<{letter}>{number}</{letter}>")).collect();
    let qualified = letters.replace("</", "</tns:").replace('<', "<tns:").replace("<tns:/tns:", "</tns:");
    let value = format!("<v m='13'><street/>{letters}</v>");
    let expected = format!(r#"<tns:v m="13">{qualified}<tns:street></tns:street><tns:n>0</tns:n></tns:v>"#);
    assert_echoes(&shop(), "many", &[(&value, Ok(&expected))]).await;
}

#[tokio::test]
async fn a_type_may_have_a_namespace_of_its_own() {
    let expected = r#"<tns:v xmlns:n1="urn:limits"></tns:v><tns:v xmlns:n1="urn:limits"><n1:credit>1</n1:credit><n1:inner><n1:credit>2</n1:credit></n1:inner></tns:v>"#;
    let value = r#"<v/><v xmlns:l="urn:limits"><l:credit>1</l:credit><l:inner><l:credit>2</l:credit></l:inner></v>"#;
    assert_echoes(&shop(), "limits", &[(value, Ok(expected))]).await;
}

#[test]
fn the_schema_says_the_same() {
    let types = types(Shop);
    for expected in [
        r#"<xs:complexType name="Line"><xs:annotation><xs:documentation>Something to buy.</xs:documentation></xs:annotation><xs:sequence><xs:element name="item" type="xs:string"><xs:annotation><xs:documentation>What it is called.</xs:documentation></xs:annotation></xs:element><xs:element name="count" type="xs:unsignedInt"/><xs:element name="type" type="xs:string" minOccurs="0" nillable="true"/></xs:sequence></xs:complexType>"#,
        r#"<xs:complexType name="Order"><xs:sequence><xs:element name="theLines" type="tns:Line" minOccurs="0" maxOccurs="unbounded"/><xs:element name="retries" type="xs:unsignedInt" minOccurs="0" default="3" nillable="true"/><xs:element name="note" type="xs:string" minOccurs="0" nillable="true"><xs:annotation><xs:documentation>Default: empty.</xs:documentation></xs:annotation></xs:element><xs:element name="next" type="tns:Order" minOccurs="0" nillable="true"/></xs:sequence><xs:attribute name="id" type="xs:string" use="required"/><xs:attribute name="urgentFrom" type="xs:int"><xs:annotation><xs:documentation>As soon as that.</xs:documentation></xs:annotation></xs:attribute><xs:attribute name="copies" type="xs:unsignedByte" default="2"/></xs:complexType>"#,
        r#"<xs:complexType name="money"><xs:simpleContent><xs:extension base="xs:double"><xs:attribute name="currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>"#,
        r#"<xs:complexType name="Nothing"><xs:sequence/></xs:complexType>"#,
        r#"<xs:complexType name="Customer"><xs:sequence><xs:element name="name" type="xs:string"/><xs:element name="street" type="xs:string"/><xs:element name="credit" type="xs:unsignedLong" minOccurs="0" nillable="true"/><xs:element name="inner" type="n1:Limits" minOccurs="0" nillable="true"/></xs:sequence><xs:attribute name="number" type="xs:unsignedInt" use="required"/><xs:attribute name="country" type="xs:string"/></xs:complexType>"#,
        r#"targetNamespace="urn:limits" elementFormDefault="qualified"><xs:import namespace="urn:t"/><xs:complexType name="Limits"><xs:sequence><xs:element name="credit""#,
    ] {
        assert!(types.contains(expected), "{expected}\nis not in\n{types}");
    }
}
