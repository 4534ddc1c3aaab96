//! Types that extend others, and types with parameters.

use std::marker::PhantomData;

use soap_runtime::{Service, SoapType, soap_service};

use super::{Case, assert_echoes, types};

/// A shape.
#[derive(SoapType)]
#[soap(namespace = "urn:shapes")]
struct Shape {
    name: String,
    #[soap(attribute)]
    id: Option<u8>,
}

#[derive(SoapType)]
struct Circle {
    #[soap(extends)]
    shape: Shape,
    radius: f64,
}

#[derive(SoapType)]
#[soap(namespace = "urn:discs")]
struct Disc {
    #[soap(extends)]
    circle: Circle,
    height: f64,
    #[soap(attribute)]
    hollow: bool,
}

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape(Shape),
    Circle(Circle),
    Disc(Disc),
}

#[derive(SoapType)]
#[soap(abstract)]
struct Animal {
    name: String,
}

#[derive(SoapType)]
struct Cat {
    #[soap(extends)]
    animal: Animal,
    lives: u8,
}

#[derive(SoapType)]
struct Dog {
    #[soap(extends)]
    animal: Animal,
}

#[derive(SoapType)]
#[soap(xsi_type(Animal))]
enum AnyAnimal {
    Cat(Cat),
    Dog(Dog),
}

#[derive(SoapType)]
struct Zoo {
    best: AnyShape,
    all: Vec<AnyShape>,
    maybe: Option<AnyShape>,
    animals: Vec<AnyAnimal>,
}

#[derive(SoapType)]
struct Page<T> {
    items: Vec<T>,
    next: Option<Box<Page<T>>>,
}

#[derive(SoapType)]
struct Mixed<A, B, C, D, const N: usize>
where
    B: Default,
{
    #[soap(flatten)]
    a: A,
    #[soap(attribute)]
    b: B,
    c: Option<C>,
    #[soap(skip)]
    d: PhantomData<[D; N]>,
}

#[derive(SoapType)]
enum Outcome<T> {
    Good(T),
    Bad { reason: String, rest: Vec<T> },
}

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(v))]
    fn shape(&self, v: AnyShape) -> AnyShape {
        v
    }
    #[operation(outputs(v))]
    fn disc(&self, v: Disc) -> Disc {
        v
    }
    #[operation(outputs(v))]
    fn zoo(&self, v: Zoo) -> Zoo {
        v
    }
    #[operation(outputs(v))]
    fn page(&self, v: Page<Page<Cat>>) -> Page<Page<Cat>> {
        v
    }
    #[operation(outputs(v))]
    fn mixed(&self, v: Mixed<Disc, u8, Vec<i32>, bool, 3>) -> Mixed<Disc, u8, Vec<i32>, bool, 3> {
        v
    }
    #[operation(outputs(v))]
    fn outcome(&self, v: Outcome<Vec<u8>>) -> Outcome<Vec<u8>> {
        v
    }
}

fn shop() -> Service {
    Service::new(Shop).expect("the description is sound")
}

#[tokio::test]
async fn fields_of_the_base_come_first_each_in_its_namespace() {
    let value = "<v id='7' hollow='1'><height>2</height><name>n</name><radius>1</radius></v>";
    let expected = r#"<tns:v xmlns:n1="urn:discs" id="7" hollow="true"><n2:name xmlns:n2="urn:shapes">n</n2:name><tns:radius>1.0</tns:radius><n1:height>2.0</n1:height></tns:v>"#;
    let missing = "<v hollow='1'><height>2</height><radius>1</radius></v>";
    let cases = [(value, Ok(expected)), (missing, Err("`v`: the element `name` is missing in it"))];
    assert_echoes(&shop(), "disc", &cases).await;
}

#[tokio::test]
async fn xsi_type_says_which_of_a_family_it_is() {
    let cases: &[Case<'_>] = &[
        ("<v><name>n</name></v>", Ok(r#"<tns:v xmlns:n1="urn:shapes"><n1:name>n</n1:name></tns:v>"#)),
        (
            "<v xsi:type='Circle'><name>n</name><radius>1</radius></v>",
            Ok(
                r#"<tns:v xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="tns:Circle"><n1:name xmlns:n1="urn:shapes">n</n1:name><tns:radius>1.0</tns:radius></tns:v>"#,
            ),
        ),
        (
            "<v xmlns:d='urn:discs' xsi:type=' d:Disc ' hollow='1'><height>2</height><name>n</name><radius>1</radius></v>",
            Ok(
                r#"<tns:v xmlns:n1="urn:discs" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="n1:Disc" hollow="true"><n2:name xmlns:n2="urn:shapes">n</n2:name><tns:radius>1.0</tns:radius><n1:height>2.0</n1:height></tns:v>"#,
            ),
        ),
        (
            "<v xmlns:s='urn:shapes' xsi:type='s:Disc'/>",
            Err("`v`: its `xsi:type` is `Disc`, and must be one of `Shape`, `Circle`, `Disc`"),
        ),
        ("<v xmlns:s='urn:shapes' xsi:type='s:Shape'/>", Err("`v`: the element `name` is missing in it")),
        ("<v xsi:type='Square'/>", Err("`v`: its `xsi:type` is `Square`, and must be one of `Shape`,")),
    ];
    assert_echoes(&shop(), "shape", cases).await;
}

#[tokio::test]
async fn families_stand_wherever_types_do() {
    let circle = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="tns:Circle"><n1:name xmlns:n1="urn:shapes">n</n1:name><tns:radius>1.0</tns:radius>"#;
    let shape = r#"xmlns:n1="urn:shapes"><n1:name>n</n1:name>"#;
    let cat = r#"<tns:animals xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="tns:Cat"><tns:name>n</tns:name><tns:lives>9</tns:lives></tns:animals>"#;
    let expected = format!(
        "<tns:v><tns:best {shape}</tns:best><tns:all {shape}</tns:all><tns:all {circle}</tns:all><tns:maybe {circle}</tns:maybe>{cat}</tns:v>"
    );
    let value = "<v><best><name>n</name></best><all><name>n</name></all><all xsi:type='Circle'><name>n</name><radius>1</radius></all><maybe xsi:type='Circle'><name>n</name><radius>1</radius></maybe><animals xsi:type='Cat'><name>n</name><lives>9</lives></animals></v>";
    let cases: &[Case<'_>] = &[
        (value, Ok(&expected)),
        (
            "<v><best><name>n</name></best><animals><name>n</name></animals></v>",
            Err("`v.animals[0]`: its `xsi:type` is missing, and must be one of `Cat`, `Dog`"),
        ),
        (
            "<v><best><name>n</name></best><animals xsi:type='Animal'><name>n</name></animals></v>",
            Err("`v.animals[0]`: its `xsi:type` is `Animal`, and must be one of `Cat`, `Dog`"),
        ),
    ];
    assert_echoes(&shop(), "zoo", cases).await;
}

#[tokio::test]
async fn types_may_have_parameters() {
    let page = "<v><items><items><name/><lives>1</lives></items></items><next/></v>";
    let same = "<tns:v><tns:items><tns:items><tns:name></tns:name><tns:lives>1</tns:lives></tns:items></tns:items><tns:next></tns:next></tns:v>";
    assert_echoes(&shop(), "page", &[(page, Ok(same))]).await;

    let mixed = "<v b='1' hollow='1'><name>n</name><height>2</height><radius>1</radius><c><item>1</item></c></v>";
    let expected = r#"<tns:v hollow="true" b="1"><tns:name>n</tns:name><tns:radius>1.0</tns:radius><tns:height>2.0</tns:height><tns:c><tns:item>1</tns:item></tns:c></tns:v>"#;
    assert_echoes(&shop(), "mixed", &[(mixed, Ok(expected))]).await;

    let outcome = "<v><Bad><rest>AQI=</rest><reason>r</reason></Bad></v>";
    let expected = "<tns:v><tns:Bad><tns:reason>r</tns:reason><tns:rest>AQI=</tns:rest></tns:Bad></tns:v>";
    assert_echoes(&shop(), "outcome", &[(outcome, Ok(expected))]).await;
}

#[test]
fn the_schema_says_the_same() {
    let types = types(Shop);
    for expected in [
        r#"<xs:element name="v" type="n1:Shape"/>"#,
        r#"<xs:complexType name="Circle"><xs:complexContent><xs:extension base="n1:Shape"><xs:sequence><xs:element name="radius" type="xs:double"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"#,
        r#"<xs:complexType name="Disc"><xs:complexContent><xs:extension base="tns:Circle"><xs:sequence><xs:element name="height" type="xs:double"/></xs:sequence><xs:attribute name="hollow" type="xs:boolean" use="required"/></xs:extension></xs:complexContent></xs:complexType>"#,
        r#"<xs:complexType name="Animal" abstract="true"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType>"#,
        r#"<xs:complexType name="Dog"><xs:complexContent><xs:extension base="tns:Animal"><xs:sequence/></xs:extension></xs:complexContent></xs:complexType>"#,
        r#"<xs:element name="animals" type="tns:Animal" minOccurs="0" maxOccurs="unbounded"/>"#,
        r#"<xs:complexType name="PageOfPageOfCat"><xs:sequence><xs:element name="items" type="tns:PageOfCat" minOccurs="0" maxOccurs="unbounded"/><xs:element name="next" type="tns:PageOfPageOfCat" minOccurs="0" nillable="true"/></xs:sequence></xs:complexType>"#,
        r#"<xs:complexType name="MixedOfDiscAndUnsignedByteAndIntArrayAnd3"><xs:sequence><xs:element name="name" type="xs:string"/><xs:element name="radius" type="xs:double"/><xs:element name="height" type="xs:double"/><xs:element name="c" type="tns:IntArray" minOccurs="0" nillable="true"/></xs:sequence>"#,
        r#"<xs:complexType name="OutcomeOfBase64Binary"><xs:choice><xs:element name="Good" type="xs:base64Binary"/><xs:element name="Bad" type="tns:OutcomeBadOfBase64Binary"/></xs:choice></xs:complexType>"#,
    ] {
        assert!(types.contains(expected), "{expected}\nis not in\n{types}");
    }
}
