//! What the WSDLs say, compared with those of the reference implementation in `reference/`.

mod compare;

use soap_runtime::__private::{Definition, Naming, argument, asynchronous, outputs};
use soap_runtime::{Service, ServiceId, SessionToken, SoapService, Status, Wsdl};

use compare::differences;

const REFERENCE: &str = include_str!("reference/waiter.wsdl");

/// The tutorial's waiter as `#[soap_service]` describes it.
struct Waiter;

impl SoapService for Waiter {
    fn definition() -> Definition<Self> {
        let id = || argument::<ServiceId>("serviceID", "");
        let token = || argument::<SessionToken>("sessionToken", "");
        let seconds = argument::<u32>("secondsToWait", "In seconds.").or(|| 300).published_as("integer");
        let status = ["status_base64", "result"];
        Definition::new("WaiterService", "tns", "/waiter/Waiter", Naming::FlaskSpyne, "Waits for a while.")
            .operation(
                "startWaiter",
                "Starts the waiter.",
                (id(), token(), seconds),
                outputs(status),
                asynchronous(|_, _| async { (Status::Unchanged, String::new()) }),
            )
            .operation(
                "getServiceStatus",
                "",
                (id(), token()),
                outputs(status),
                asynchronous(|_, _| async { (Status::Unchanged, String::new()) }),
            )
            .operation("abortService", "", (id(), token()), outputs(["success"]), asynchronous(|_, _| async { true }))
    }
}

#[test]
fn the_waiter_says_the_same_as_the_reference_and_more_about_what_may_be_left_out() {
    let ours = Wsdl::new(Service::new(Waiter).expect("the waiter keeps the rules").description()).at("http://x/");
    let types = "definitions WaiterService/types/schema/complexType";
    let required = |operation: &str, part: &str| {
        let place = format!("{types} {operation}/sequence/element {part}");
        [format!("{place}: minOccurs 0 is 1"), format!("{place}: nillable true is false")]
    };
    let allowed: Vec<String> = [
        required("abortService", "serviceID"),
        required("abortServiceResponse", "success"),
        required("getServiceStatus", "serviceID"),
        required("getServiceStatusResponse", "status_base64"),
        required("getServiceStatusResponse", "result"),
        required("startWaiter", "serviceID"),
    ]
    .into_iter()
    .flatten()
    .chain([format!("{types} startWaiter/sequence/element secondsToWait: default - is 300")])
    .chain(required("startWaiterResponse", "status_base64"))
    .chain(required("startWaiterResponse", "result"))
    .collect();
    assert_eq!(differences(REFERENCE, &ours), allowed);
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
