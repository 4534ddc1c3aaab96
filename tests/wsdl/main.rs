//! What the WSDLs say, compared with those of the reference implementation in `reference/`.

mod compare;
mod golden;
#[path = "../programs/mod.rs"]
mod programs;

use soap_runtime::{Service, SoapService, Wsdl, soap_service};

use compare::differences;

const REFERENCE: &str = include_str!("reference/waiter.wsdl");

struct Calculator;

#[soap_service(path = "/calculator/Calculator", namespace = "tns", name = "CalculatorService", naming = "flask-spyne")]
impl Calculator {
    #[operation]
    fn multiply(&self, a: f32, b: f32) -> f32 {
        a * b
    }

    #[operation]
    fn add(&self, a: f32, b: f32) -> f32 {
        a + b
    }

    #[operation]
    fn subtract(&self, a: f32, b: f32) -> f32 {
        a - b
    }
}

#[test]
fn the_waiter_by_hand_says_the_same_as_the_reference_and_what_must_be_there() {
    let found = differences(REFERENCE, &golden::wsdl_of("waiter_by_hand"));
    assert_eq!(found, under("WaiterService", &of_the_waiter()));
}

#[test]
fn the_waiter_says_that_as_well_and_has_notify_service_and_a_declared_fault() {
    let added = [
        "/types/schema: complexType ServiceFailedFault is added",
        "/types/schema: complexType notifyService is added",
        "/types/schema: complexType notifyServiceResponse is added",
        "/types/schema: element ServiceFailedFault is added",
        "/types/schema: element notifyService is added",
        "/types/schema: element notifyServiceResponse is added",
        ": message ServiceFailedFault is added",
        ": message notifyService is added",
        ": message notifyServiceResponse is added",
        "/portType WaiterService/operation startWaiter: fault ServiceFailedFault is added",
        "/portType WaiterService/operation getServiceStatus: fault ServiceFailedFault is added",
        "/portType WaiterService: operation notifyService is added",
        "/binding WaiterService/operation startWaiter: fault ServiceFailedFault is added",
        "/binding WaiterService/operation getServiceStatus: fault ServiceFailedFault is added",
        "/binding WaiterService: operation notifyService is added",
    ];
    let found = differences(REFERENCE, &golden::wsdl_of("waiter"));
    let (additions, changes): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.ends_with(" is added"));
    assert_eq!(additions, under("WaiterService", &added.map(str::to_owned)));
    assert_eq!(changes, under("WaiterService", &of_the_waiter()));
}

/// What both waiters say otherwise than the reference.
fn of_the_waiter() -> Vec<String> {
    let more = [
        required("abortService", "serviceID"),
        required("abortServiceResponse", "success"),
        required("getServiceStatus", "serviceID"),
        required("getServiceStatusResponse", "status_base64"),
        required("getServiceStatusResponse", "result"),
        required("startWaiter", "serviceID"),
        vec![format!("{}: default - is 300", place("startWaiter", "secondsToWait"))],
        required("startWaiterResponse", "status_base64"),
        required("startWaiterResponse", "result"),
    ];
    more.concat()
}

#[test]
fn the_calculator_says_the_same_as_the_reference_and_what_must_be_there() {
    let more = ["add", "multiply", "subtract"].map(|operation| {
        let (response, result) = (format!("{operation}Response"), format!("{operation}Result"));
        [required(operation, "a"), required(operation, "b"), required(&response, &result)].concat()
    });
    let reference = include_str!("reference/calculator.wsdl");
    assert_eq!(differences(reference, &wsdl_of(Calculator)), under("CalculatorService", &more.concat()));
}

fn wsdl_of(service: impl SoapService) -> String {
    let service = Service::new(service).expect("the service keeps the rules");
    Wsdl::new(service.description()).at("http://localhost/")
}

/// The reference says of everything that it may be left out, or be nil.
fn required(message: &str, part: &str) -> Vec<String> {
    let place = place(message, part);
    vec![format!("{place}: minOccurs 0 is 1"), format!("{place}: nillable true is false")]
}

fn place(message: &str, part: &str) -> String {
    format!("/types/schema/complexType {message}/sequence/element {part}")
}

/// As they are told, with the root element before them.
fn under(service: &str, differences: &[String]) -> Vec<String> {
    differences.iter().map(|difference| format!("definitions {service}{difference}")).collect()
}

#[test]
fn the_comparison_sees_every_change_that_a_client_would() {
    assert_eq!(differences(REFERENCE, REFERENCE), [""; 0]);
    let prefixes = REFERENCE.replace("xmlns:tns", "xmlns:x").replace("\"tns:", "\"x:");
    assert_eq!(differences(REFERENCE, &prefixes), [""; 0]);
    for (from, to) in [
        ("targetNamespace=\"tns\" name", "targetNamespace=\"other\" name"),
        ("xmlns:tns=\"tns\"", "xmlns:tns=\"other\""),
        ("port name=\"WaiterService\"", "port name=\"Port\""),
        ("part name=\"startWaiter\"", "part name=\"parameters\""),
        ("soapAction=\"startWaiter\"", "soapAction=\"\""),
        (" parameterOrder=\"startWaiter\"", ""),
        ("name=\"secondsToWait\"", "name=\"seconds\""),
        ("type=\"xs:integer\"", "type=\"xs:int\""),
        (" elementFormDefault=\"qualified\"", ""),
        ("<soap:body use=\"literal\"/>", "<soap:body use=\"encoded\"/>"),
        (
            "xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\"",
            "xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap12/\"",
        ),
        ("<xs:element name=\"serviceID\" type=\"xs:string\" minOccurs=\"0\" nillable=\"true\"/>\n", ""),
    ] {
        let changed = REFERENCE.replace(from, to);
        assert_ne!(changed, REFERENCE, "{from} is not in the reference");
        assert_ne!(differences(REFERENCE, &changed), [""; 0], "{from} → {to}");
    }
}

#[test]
fn the_comparison_goes_on_behind_what_is_added() {
    let token = "<xs:element name=\"sessionToken\" type=\"xs:string\" minOccurs=\"0\" nillable=\"true\"/>";
    let project = token.replace("sessionToken", "project");
    let (before, behind) = REFERENCE.split_once(token).expect("abortService has one");
    let changed = format!("{before}{project}{}{behind}", token.replace("xs:string", "xs:token"));
    let sequence = "definitions WaiterService/types/schema/complexType abortService/sequence";
    let xs = "{http://www.w3.org/2001/XMLSchema}";
    let expected = [
        format!("{sequence}: element project is added"),
        format!("{sequence}/element sessionToken: type {xs}string is {xs}token"),
    ];
    assert_eq!(differences(REFERENCE, &changed), expected);
    // What the reference has, and others lack, is told with all that stands beside it.
    let told = differences(&changed, REFERENCE);
    assert_eq!(
        told,
        [format!(
            "{sequence}: [element serviceID, element project, element sessionToken] is [element serviceID, element sessionToken]"
        )]
    );
}
