//! Facets on fields, attributes, variants and newtypes, in the schema and enforced both ways.

use soap_runtime::{Nillable, Service, SimpleType, SoapFault, SoapOutput, SoapType, soap_service};

use super::{Case, assert_echoes, call, echoed, types};

/// Of a hundred.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(max = 100)]
struct Percent(u8);

/// More than nothing.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(above = 0)]
struct Share(Percent);

#[derive(SoapType)]
#[soap(pattern = "[A-Z]{2}\\d+", max_length = 6)]
struct Code(String);

#[derive(SoapType)]
struct Wrapped<T>(T);

#[derive(SoapType)]
struct OfWord(Word);

#[derive(SoapType)]
enum Word {
    A,
}

#[derive(SoapType)]
struct Order {
    #[soap(attribute, min = 5, default = 7)]
    size: u8,
    #[soap(attribute, max_length = 2)]
    tag: Option<String>,
    #[soap(max = 50)]
    share: Share,
    #[soap(min_length = 3)]
    codes: Vec<Code>,
    #[soap(length = 2)]
    bytes: Option<Vec<u8>>,
    #[soap(default = Nillable::Value(Box::new(3)), below = 5)]
    retries: Nillable<Box<i32>>,
    limit: Limit,
    #[soap(min = 1)]
    wrapped: Option<Wrapped<u8>>,
    word: Option<OfWord>,
}

#[derive(SoapType)]
enum Limit {
    Weight(#[soap(max = 9)] u8),
    Size {
        #[soap(max = 3)]
        r#box: u8,
    },
    None,
}

#[derive(SoapOutput)]
struct Stock {
    #[soap(max = 9)]
    left: Vec<u16>,
}

#[derive(Debug, thiserror::Error, SoapFault)]
#[error("it is out")]
enum OutOf {
    Stock {
        #[soap(max = 9)]
        number: u32,
    },
    Money {
        #[soap(max = 3)]
        number: u32,
    },
}

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(v))]
    fn order(&self, v: Order) -> Order {
        v
    }
    #[operation]
    fn stock(&self, #[soap(min = 3, default = 4)] number: u32) -> Result<Stock, OutOf> {
        match number {
            3..9 => Ok(Stock { left: vec![8, 9, number as u16 + 4] }),
            9 | 10 => Err(OutOf::Stock { number }),
            _ => Err(OutOf::Money { number }),
        }
    }
    #[operation(outputs(v))]
    fn make(&self, size: u8, share: u8, weight: u8) -> Order {
        Order {
            size,
            tag: None,
            share: Share(Percent(share)),
            codes: vec![],
            bytes: None,
            retries: Nillable::Nil,
            limit: Limit::Weight(weight),
            wrapped: None,
            word: None,
        }
    }
}

fn shop() -> Service {
    Service::new(Shop).expect("the description is sound")
}

const LIMIT: &str = "<limit><None/></limit>";

#[tokio::test]
async fn what_is_read_keeps_to_the_rules_of_field_and_type() {
    let fine = "<v size='5' tag='ab'><share>50</share><codes>AB1</codes><bytes>AQI=</bytes><retries>4</retries><limit><Size><box>3</box></Size></limit><wrapped>1</wrapped><word>A</word></v>";
    let same = r#"<tns:v size="5" tag="ab"><tns:share>50</tns:share><tns:codes>AB1</tns:codes><tns:bytes>AQI=</tns:bytes><tns:retries>4</tns:retries><tns:limit><tns:Size><tns:box>3</tns:box></tns:Size></tns:limit><tns:wrapped>1</tns:wrapped><tns:word>A</tns:word></tns:v>"#;
    let cases: &[Case<'_>] = &[
        (fine, Ok(same)),
        ("<v size='4'/>", Err("`v.@size`: is 4, and must be at least 5")),
        ("<v tag='abc'/>", Err("`v.@tag`: `abc` has 3, and may have at most 2 characters")),
        ("<v><share>51</share></v>", Err("`v.share`: is 51, and may be at most 50")),
        ("<v><share>101</share></v>", Err("`v.share`: is 101, and may be at most 50")),
        ("<v><share>0</share></v>", Err("`v.share`: is 0, and must be above 0")),
        ("<v><codes>AB1</codes><codes>A</codes></v>", Err("`v.codes[1]`: `A` has 1, and must have at least 3")),
        ("<v><codes>AB</codes></v>", Err("`v.codes[0]`: `AB` has 2, and must have at least 3")),
        ("<v><codes>ABC</codes></v>", Err(r"`v.codes[0]`: is `ABC`, and must match the pattern `[A-Z]{2}\d+`")),
        ("<v><bytes>AQ==</bytes></v>", Err("`v.bytes`: `AQ==` has 1, and must have 2 bytes")),
        ("<v><retries>5</retries></v>", Err("`v.retries`: is 5, and must be below 5")),
        ("<v><limit><Weight>10</Weight></limit></v>", Err("`v.limit.Weight`: is 10, and may be at most 9")),
        ("<v><limit><Size><box>4</box></Size></limit></v>", Err("`v.limit.Size.box`: is 4, and may be at most 3")),
        ("<v><wrapped>0</wrapped></v>", Err("`v.wrapped`: is 0, and must be at least 1")),
    ];
    assert_echoes(&shop(), "order", cases).await;
    assert_eq!(Share::parse("100"), Ok(Share(Percent(100))));
    assert!(Share::parse("101").expect_err("it is too much").contains("at most 100"));
    assert!(Share::parse("0").expect_err("it is too little").contains("above 0"));
}

#[tokio::test]
async fn an_absent_field_has_its_default() {
    let value = format!("<v><share>1</share>{LIMIT}</v>");
    let expected = r#"<tns:v size="7"><tns:share>1</tns:share><tns:retries>3</tns:retries><tns:limit><tns:None>true</tns:None></tns:limit></tns:v>"#;
    assert_echoes(&shop(), "order", &[(&value, Ok(expected))]).await;
}

#[tokio::test]
async fn what_is_written_keeps_to_them_as_well() {
    let make = |size, share, weight| format!("<size>{size}</size><share>{share}</share><weight>{weight}</weight>");
    assert!(echoed(&shop(), "make", &make(5, 50, 9)).await.is_ok());
    for values in [make(4, 50, 9), make(5, 0, 9), make(5, 51, 9), make(5, 101, 9), make(5, 50, 10)] {
        assert!(echoed(&shop(), "make", &values).await.is_err(), "{values}");
    }
}

#[tokio::test]
async fn parameters_outputs_and_faults_have_facets() {
    let shop = shop();
    let too_small = echoed(&shop, "stock", "<number>2</number>").await.expect_err("it is too small");
    assert!(too_small.starts_with("`number`: is 2, and must be at least 3"), "{too_small}");
    assert!(echoed(&shop, "stock", "<number>5</number>").await.is_ok());
    assert!(echoed(&shop, "stock", "<number>6</number>").await.is_err());
    for (number, detail) in [(9, Some("<tns:Stock><tns:number>9</tns:number></tns:Stock>")), (10, None), (11, None)] {
        let fault = call(&shop, &format!("<stock><number>{number}</number></stock>")).await.fault;
        assert_eq!(fault.expect("it is out").detail(), detail, "{number}");
    }
}

#[test]
fn the_schema_says_the_same() {
    let types = types(Shop);
    for expected in [
        r#"<xs:simpleType name="Percent"><xs:annotation><xs:documentation>Of a hundred.</xs:documentation></xs:annotation><xs:restriction base="xs:unsignedByte"><xs:maxInclusive value="100"/></xs:restriction></xs:simpleType>"#,
        r#"<xs:restriction base="tns:Percent"><xs:minExclusive value="0"/></xs:restriction>"#,
        r#"<xs:element name="share"><xs:simpleType><xs:restriction base="tns:Share"><xs:maxInclusive value="50"/></xs:restriction></xs:simpleType></xs:element>"#,
        r#"<xs:attribute name="size" default="7"><xs:simpleType><xs:restriction base="xs:unsignedByte"><xs:minInclusive value="5"/></xs:restriction></xs:simpleType></xs:attribute>"#,
        r#"<xs:element name="codes" minOccurs="0" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="tns:Code"><xs:minLength value="3"/></xs:restriction></xs:simpleType></xs:element>"#,
        r#"<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:maxLength value="6"/><xs:pattern value="[A-Z]{2}\d+"/></xs:restriction></xs:simpleType>"#,
        r#"<xs:element name="Weight"><xs:simpleType><xs:restriction base="xs:unsignedByte"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element>"#,
        r#"<xs:simpleType name="WrappedOfUnsignedByte"><xs:restriction base="xs:unsignedByte"/></xs:simpleType>"#,
        r#"<xs:element name="number" minOccurs="0" default="4" nillable="true"><xs:simpleType><xs:restriction base="xs:unsignedInt"><xs:minInclusive value="3"/></xs:restriction></xs:simpleType></xs:element>"#,
        r#"<xs:element name="left" minOccurs="0" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:unsignedShort"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element>"#,
        r#"<xs:simpleType name="OfWord"><xs:restriction base="tns:Word"/></xs:simpleType>"#,
    ] {
        assert!(types.contains(expected), "{expected}\nis not in\n{types}");
    }
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(min_length = 8, secret)]
struct Password(String);

struct Door;

#[soap_service(namespace = "urn:t")]
impl Door {
    #[operation(outputs(v))]
    fn open(&self, password: Password, #[soap(pattern = "[0-9]{4}", secret)] code: String) -> bool {
        password.0.len() == code.len()
    }
}

#[tokio::test]
async fn a_secret_is_not_shown_when_it_breaks_a_rule() {
    let door = Service::new(Door).expect("the description is sound");
    for (arguments, words) in [
        ("<password>hunter2</password><code>1234</code>", "`password`: must have at least 8 characters"),
        ("<password>correct horse</password><code>hunter2</code>", "`code`: must match the pattern `[0-9]{4}`"),
    ] {
        let reply = call(&door, &format!("<open>{arguments}</open>")).await;
        let fault = reply.fault.expect("it breaks a rule");
        assert!(fault.message().starts_with(words), "{}", fault.message());
        assert!(!reply.body.contains("hunter2"), "{}", reply.body);
    }
}
