//! Elements in no namespace and in other ones, choices that repeat, and what a service from elsewhere need not keep.

use soap_runtime::{Service, SoapFault, SoapType, Wsdl, soap_service};

use super::{call, types};

/// In the service's namespace, and so in its form.
#[derive(Debug, SoapType)]
struct Place {
    street: String,
    lines: Vec<String>,
}

#[derive(SoapType)]
#[soap(namespace = "urn:geo", form = "unqualified")]
struct Point {
    x: f64,
    #[soap(namespace = "urn:geo")]
    y: f64,
    #[soap(namespace = "urn:other")]
    place: Option<Place>,
    #[soap(flatten)]
    marks: Vec<Mark>,
}

#[derive(SoapType)]
#[soap(rename_all = "camelCase")]
enum Mark {
    Pin(String),
    #[soap(namespace = "urn:other")]
    Flag,
}

#[derive(Debug, thiserror::Error, SoapFault)]
enum Lost {
    #[error("there is no way")]
    NoWay { near: Place, by: Vec<String> },
}

struct Atlas;

#[soap_service(namespace = "urn:t", form = "unqualified", foreign)]
impl Atlas {
    #[operation(outputs(place), action = "urn:t#echo")]
    fn echo(&self, place: Place) -> Place {
        place
    }

    #[operation(outputs(point))]
    fn go(&self, point: Point, #[soap(namespace = "urn:other")] by: Option<String>) -> Point {
        assert!(by.is_none_or(|by| by == "car"));
        point
    }

    #[operation(bare, request = "Where", response = "There")]
    fn find(&self, place: Place) -> Place {
        place
    }

    #[operation(outputs(found))]
    fn lose(&self, place: Place) -> Result<bool, Lost> {
        Err(Lost::NoWay { near: place, by: vec!["car".to_owned()] })
    }

    /// Not as the platform has it.
    #[operation(outputs(answer))]
    fn get_service_status(&self, #[soap(header, namespace = "urn:other")] key: Option<String>) -> String {
        key.unwrap_or_default()
    }
}

#[tokio::test]
async fn only_the_element_in_the_body_has_a_namespace() {
    let service = Service::new(Atlas).expect("it is sound");
    let place = "<street>Main</street><lines>1</lines><lines>2</lines>";
    for (request, reply) in [
        (
            format!("<echo><place>{place}</place></echo>"),
            format!("<tns:echoResponse><place>{place}</place></tns:echoResponse>"),
        ),
        (format!("<Where>{place}</Where>"), format!("<tns:There>{place}</tns:There>")),
    ] {
        let answer = call(&service, &request).await;
        assert!(answer.body.contains(&reply), "{}", answer.body);
        assert!(call(&service, &reply.replace("tns:", "")).await.fault.is_some(), "no such request");
    }
    let reply = call(&service, "<go><point><x>1</x><y>2</y></point></go>").await;
    let expected = "<tns:goResponse><point xmlns:n1=\"urn:geo\"><x>1.0</x><n1:y>2.0</n1:y></point></tns:goResponse>";
    assert!(reply.body.contains(expected), "{}", reply.body);
}

#[tokio::test]
async fn the_detail_of_a_fault_has_the_form_of_the_service() {
    let service = Service::new(Atlas).expect("it is sound");
    let reply = call(&service, "<lose><place><street>S</street></place></lose>").await;
    let detail = "<detail><tns:NoWay><near><street>S</street></near><by>car</by></tns:NoWay></detail>";
    assert!(reply.body.contains(detail), "{}", reply.body);
}

#[tokio::test]
async fn a_choice_may_be_made_again_and_again_and_keeps_its_order() {
    let service = Service::new(Atlas).expect("it is sound");
    let body = "<go><by>car</by><point><x>1</x><y>2</y><place><street>S</street></place><pin>a</pin><flag/><pin>b</pin>\
                </point></go>";
    let reply = call(&service, body).await;
    let expected = "<x>1.0</x><n1:y>2.0</n1:y><n2:place xmlns:n2=\"urn:other\"><street>S</street></n2:place>\
                    <n1:pin>a</n1:pin><n2:flag xmlns:n2=\"urn:other\">true</n2:flag><n1:pin>b</n1:pin></point>";
    assert!(reply.body.contains(expected), "{}", reply.body);
}

#[test]
fn the_schemas_say_it() {
    let types = types(Atlas);
    for expected in [
        r#"targetNamespace="urn:t" elementFormDefault="unqualified""#,
        r#"targetNamespace="urn:geo" elementFormDefault="qualified""#,
        r#"<xs:element name="x" type="xs:double" form="unqualified"/>"#,
        r#"<xs:element ref="n1:y"/>"#,
        r#"<xs:element name="y" type="xs:double"/>"#,
        r#"<xs:element ref="n2:place" minOccurs="0"/>"#,
        r#"<xs:element name="place" type="tns:Place" nillable="true"/>"#,
        r#"<xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="pin" type="xs:string"/><xs:element ref="n2:flag"/>"#,
        r#"<xs:element ref="n2:by" minOccurs="0"/>"#,
        r#"<xs:element name="by" type="xs:string" nillable="true"/>"#,
    ] {
        assert!(types.contains(expected), "{expected}: {types}");
    }
}

#[test]
fn actions_and_headers_are_those_that_are_said() {
    let service = Service::new(Atlas).expect("it is sound");
    let wsdl = Wsdl::new(service.description()).at("http://localhost/");
    assert!(wsdl.contains(r#"<soap:operation soapAction="urn:t#echo" style="document"/>"#), "{wsdl}");
    assert!(wsdl.contains(r#"<soap:operation soapAction="urn:t:go" style="document"/>"#), "{wsdl}");
    assert!(wsdl.contains(r#"element="n2:key""#), "{wsdl}");
}
