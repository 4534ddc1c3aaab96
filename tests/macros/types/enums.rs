//! Enums and newtypes: words, choices, restrictions.

use soap_runtime::{Service, SimpleType, SoapType, soap_service};

use super::{Case, assert_echoes, types};

/// A colour.
#[derive(SoapType)]
#[soap(rename_all = "kebab-case")]
enum Colour {
    /// As blood.
    Red,
    DarkBlue,
    #[soap(name = "Light!")]
    Light,
}

#[derive(SoapType)]
struct Card {
    number: String,
}

#[derive(SoapType)]
#[soap(rename_all = "camelCase")]
enum Payment {
    /// By card.
    Card(Card),
    Cash,
    Coins(Vec<i32>),
    Points(Option<i32>),
    SentLater {
        #[soap(attribute)]
        urgent: bool,
        /// Where it goes.
        address: String,
        #[soap(default = 30)]
        days: u8,
        #[soap(flatten)]
        card: Card,
        #[soap(skip)]
        #[allow(dead_code, reason = "it only has to be left out")]
        cache: u8,
    },
    #[soap(name = "none", rename_all = "UPPERCASE")]
    Nothing {},
}

#[derive(SoapType)]
struct Bill {
    first: String,
    #[soap(flatten)]
    payment: Payment,
    last: Option<u8>,
}

#[derive(SoapType)]
struct Gift {
    #[soap(flatten)]
    payment: Option<Payment>,
    colours: Vec<Colour>,
    #[soap(attribute)]
    paper: Option<Colour>,
    #[soap(attribute, default = Percent(7))]
    tax: Percent,
}

/// Of a hundred.
#[derive(Debug, PartialEq, SoapType)]
struct Percent(u8);

#[derive(SoapType)]
#[soap(name = "name", namespace = "urn:names")]
struct Name(String);

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(v))]
    fn colours(&self, v: Vec<Colour>) -> Vec<Colour> {
        v
    }
    #[operation(outputs(v))]
    fn payment(&self, v: Payment) -> Payment {
        v
    }
    #[operation(outputs(v))]
    fn bill(&self, v: Bill) -> Bill {
        v
    }
    #[operation(outputs(v))]
    fn gift(&self, v: Gift) -> Gift {
        v
    }
    #[operation(outputs(v))]
    fn name(&self, v: Name) -> Name {
        v
    }
}

fn shop() -> Service {
    Service::new(Shop).expect("the description is sound")
}

#[tokio::test]
async fn an_enum_without_data_is_a_word() {
    let words = "<tns:v>red</tns:v><tns:v>dark-blue</tns:v><tns:v>Light!</tns:v>";
    let expected = "one of `red`, `dark-blue`, `Light!` is expected";
    let (unknown, empty) =
        (format!("`v[1]`: `DarkBlue` is not allowed; {expected}"), format!("`v[0]`: is empty; {expected}"));
    let cases: &[Case<'_>] = &[
        ("<v>red</v><v>dark-blue</v><v>Light!</v>", Ok(words)),
        ("<v>red</v><v>DarkBlue</v>", Err(&unknown)),
        ("<v/>", Err(&empty)),
    ];
    assert_echoes(&shop(), "colours", cases).await;
}

#[tokio::test]
async fn an_enum_with_data_is_one_of_several_elements() {
    let all = "`card`, `cash`, `coins`, `points`, `sentLater`, `none`";
    let nil = r#"<tns:v><tns:points xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></tns:v>"#;
    let (none, two) = (
        format!("`v`: none of {all} is in it, and one must be"),
        format!("`v.cash`: is there beside another one of {all}, and only one may be"),
    );
    let cases: &[Case<'_>] = &[
        (
            "<v><card><number>1</number></card></v>",
            Ok("<tns:v><tns:card><tns:number>1</tns:number></tns:card></tns:v>"),
        ),
        ("<v><x/><cash/></v>", Ok("<tns:v><tns:cash>true</tns:cash></tns:v>")),
        ("<v><cash>false</cash><none/><cash>0</cash></v>", Ok("<tns:v><tns:none></tns:none></tns:v>")),
        ("<v><none/><cash> 1 </cash></v>", Err(&two)),
        ("<v><cash>false</cash></v>", Err(&none)),
        ("<v><cash>!</cash></v>", Err("`v.cash`: `!` is no xs:boolean")),
        ("<v><none/></v>", Ok("<tns:v><tns:none></tns:none></tns:v>")),
        ("<v><coins/></v>", Ok("<tns:v><tns:coins></tns:coins></tns:v>")),
        ("<v><coins><item>1</item></coins></v>", Ok("<tns:v><tns:coins><tns:item>1</tns:item></tns:coins></tns:v>")),
        ("<v><points>3</points></v>", Ok("<tns:v><tns:points>3</tns:points></tns:v>")),
        ("<v><points xsi:nil='1'/></v>", Ok(nil)),
        (
            "<v><sentLater urgent='1'><number>7</number><address>a</address></sentLater></v>",
            Ok(
                r#"<tns:v><tns:sentLater urgent="true"><tns:address>a</tns:address><tns:days>30</tns:days><tns:number>7</tns:number></tns:sentLater></tns:v>"#,
            ),
        ),
        ("<v><sentLater urgent='x'/></v>", Err("`v.sentLater.@urgent`: `x` is no xs:boolean")),
        ("<v><sentLater/></v>", Err("`v.sentLater`: the attribute `urgent` is missing in it")),
        ("<v><sentLater urgent='1'/></v>", Err("`v.sentLater`: the element `address` is missing in it")),
        ("<v><cash xsi:nil='1'/><cash/></v>", Err(&two)),
        ("<v><card><number>1</number></card><cash/></v>", Err(&two)),
        ("<v/>", Err(&none)),
        ("<v><card xsi:nil='1'/></v>", Err("`v.card`: is nil, and must have a value")),
    ];
    assert_echoes(&shop(), "payment", cases).await;
}

#[tokio::test]
async fn a_choice_may_stand_among_fields_and_may_be_left_out() {
    let bills: &[Case<'_>] = &[
        (
            "<v><last>1</last><cash/><first>x</first></v>",
            Ok("<tns:v><tns:first>x</tns:first><tns:cash>true</tns:cash><tns:last>1</tns:last></tns:v>"),
        ),
        ("<v><first>x</first></v>", Err("`v`: none of `card`, `cash`,")),
    ];
    let gifts: &[Case<'_>] = &[
        (
            "<v paper='red' tax='9'><colours>red</colours><cash/></v>",
            Ok(r#"<tns:v paper="red" tax="9"><tns:cash>true</tns:cash><tns:colours>red</tns:colours></tns:v>"#),
        ),
        ("<v/>", Ok(r#"<tns:v tax="7"></tns:v>"#)),
        ("<v><cash/><none/></v>", Err("`v.none`: is there beside another one")),
        ("<v paper='blue'/>", Err("`v.@paper`: `blue` is not allowed; one of `red`,")),
    ];
    assert_echoes(&shop(), "bill", bills).await;
    assert_echoes(&shop(), "gift", gifts).await;
}

#[tokio::test]
async fn a_newtype_is_what_is_in_it() {
    assert_eq!(Percent::parse(" 7 "), Ok(Percent(7)));
    assert_echoes(&shop(), "name", &[("<v/>", Ok("<tns:v></tns:v>")), ("<v>a&lt;</v>", Ok("<tns:v>a&lt;</tns:v>"))])
        .await;
}

#[test]
fn the_schema_says_the_same() {
    const CHOICE: &str = r#"<xs:element name="card" type="tns:Card"><xs:annotation><xs:documentation>By card.</xs:documentation></xs:annotation></xs:element><xs:element name="cash" type="xs:boolean"/><xs:element name="coins" type="tns:IntArray"/><xs:element name="points" type="xs:int" nillable="true"/><xs:element name="sentLater" type="tns:PaymentSentLater"/><xs:element name="none" type="tns:PaymentNothing"/></xs:choice>"#;
    let types = types(Shop);
    for expected in [
        r#"<xs:simpleType name="Colour"><xs:annotation><xs:documentation>A colour.`red`: As blood.</xs:documentation></xs:annotation><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="dark-blue"/><xs:enumeration value="Light!"/></xs:restriction></xs:simpleType>"#.to_owned(),
        format!(r#"<xs:complexType name="Payment"><xs:choice>{CHOICE}</xs:complexType>"#),
        r#"<xs:complexType name="PaymentSentLater"><xs:sequence><xs:element name="address" type="xs:string"><xs:annotation><xs:documentation>Where it goes.</xs:documentation></xs:annotation></xs:element><xs:element name="days" type="xs:unsignedByte" minOccurs="0" default="30" nillable="true"/><xs:element name="number" type="xs:string"/></xs:sequence><xs:attribute name="urgent" type="xs:boolean" use="required"/></xs:complexType>"#.to_owned(),
        format!(r#"<xs:complexType name="Bill"><xs:sequence><xs:element name="first" type="xs:string"/><xs:choice>{CHOICE}<xs:element name="last""#),
        format!(r#"<xs:complexType name="Gift"><xs:sequence><xs:choice minOccurs="0">{CHOICE}<xs:element name="colours" type="tns:Colour" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:attribute name="paper" type="tns:Colour"/><xs:attribute name="tax" type="tns:Percent" default="7"/></xs:complexType>"#),
        r#"<xs:simpleType name="Percent"><xs:annotation><xs:documentation>Of a hundred.</xs:documentation></xs:annotation><xs:restriction base="xs:unsignedByte"/></xs:simpleType>"#.to_owned(),
        r#"<xs:element name="v" type="n1:name"/>"#.to_owned(),
        r#"<xs:simpleType name="name"><xs:restriction base="xs:string"/></xs:simpleType>"#.to_owned(),
    ] {
        assert!(types.contains(&expected), "{expected}\nis not in\n{types}");
    }
}
