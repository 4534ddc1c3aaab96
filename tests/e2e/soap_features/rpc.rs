//! rpc/literal: for services that have to match an old contract.

use soap_runtime::{Service, SoapFault, SoapOutput, WithHeaders, soap_service};

use super::{BODY, HEADER, Message, call, inside, serve};

#[derive(SoapOutput)]
struct Parts {
    whole: i64,
    #[soap(name = "pieces")]
    list: Vec<i64>,
}

#[derive(Debug, thiserror::Error, SoapFault)]
#[error("divided by zero")]
struct ByZero {
    by: i64,
}

struct Old;

#[soap_service(path = "/S", namespace = "urn:s", style = "rpc")]
impl Old {
    #[operation(outputs(sum), headers(trace))]
    async fn add(
        &self,
        #[soap(header)] trace: Option<String>,
        numbers: Vec<i64>,
        note: Option<String>,
        #[soap(default = 1)] times: i64,
    ) -> WithHeaders<i64, Option<String>> {
        WithHeaders::new(numbers.iter().sum::<i64>() * times, trace.or(note))
    }

    #[operation]
    fn parts(&self, whole: i64, by: i64) -> Result<Parts, ByZero> {
        if by == 0 {
            return Err(ByZero { by });
        }
        Ok(Parts { whole, list: vec![whole / by, whole % by] })
    }

    #[operation(one_way)]
    fn forget(&self, _what: String) {}

    #[operation]
    fn ping(&self) {}
}

#[test]
fn parts_are_elements_without_a_namespace_in_an_element_named_like_the_operation() {
    let server = serve(Old);
    let body = "<n:add xmlns:n=\"urn:s\"><numbers xmlns=\"\"><item>1</item><item>2</item></numbers></n:add>";
    let answer = Message { header: "<trace>t</trace>", body, action: "" }.post(&server);
    assert_eq!(inside(&answer, BODY), "<tns:addResponse><sum>3</sum></tns:addResponse>");
    assert_eq!(inside(&answer, HEADER), "<tns:trace>t</tns:trace>");

    let answer = call(&server, "<parts><whole>7</whole><by>4</by></parts>");
    let expected = "<tns:partsResponse><whole>7</whole><pieces><tns:item>1</tns:item><tns:item>3</tns:item></pieces>\
                    </tns:partsResponse>";
    assert_eq!(inside(&answer, BODY), expected);
    assert_eq!(inside(&call(&server, "<ping/>"), BODY), "<tns:pingResponse></tns:pingResponse>");
    assert_eq!(call(&server, "<forget><what>a</what></forget>").status, 202);

    let answer = call(&server, "<parts><whole>7</whole><by>0</by></parts>");
    assert_eq!(inside(&answer, "detail"), "<tns:ByZero><tns:by>0</tns:by></tns:ByZero>");
    let message = call(&server, "<parts><whole>7</whole></parts>").fault("Client.ValidationError");
    assert!(message.contains("the argument `by` is missing"), "{message}");
    let message = call(&server, "<add><numbers/><numbers/></add>").fault("Client.ValidationError");
    assert!(message.contains("`numbers`: is there twice"), "{message}");
}

#[test]
fn what_may_have_no_value_is_left_out_or_nil_all_the_same() {
    let server = serve(Old);
    let nil = "<add><numbers/><note xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"1\"/></add>";
    for body in ["<add><numbers/></add>", "<add/>", nil] {
        let answer = call(&server, body);
        assert_eq!(inside(&answer, "sum"), "0", "{body}");
        let nil = "<tns:trace xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
        assert_eq!(inside(&answer, HEADER), nil);
    }
}

#[test]
fn the_wsdl_has_a_part_with_a_type_for_each_argument() {
    let wsdl = serve(Old).get("/S?wsdl").body;
    for expected in [
        "<wsdl:part name=\"numbers\" type=\"tns:LongArray\"/>",
        "<wsdl:part name=\"note\" type=\"xs:string\"/>",
        "<soap:binding style=\"rpc\" transport=\"http://schemas.xmlsoap.org/soap/http\"/>",
        "<soap:body use=\"literal\" namespace=\"urn:s\"/>",
        "<xs:element name=\"ByZero\">",
    ] {
        assert!(wsdl.contains(expected), "{expected} is not in\n{wsdl}");
    }
    assert!(!wsdl.contains("<xs:element name=\"add\""), "{wsdl}");
}

struct Vague;

#[soap_service(style = "rpc")]
impl Vague {
    #[operation(outputs(answer))]
    fn guess(&self) -> Option<String> {
        None
    }
}

#[test]
fn an_output_that_may_have_no_value_cannot_be_published() {
    let error = Service::new(Vague).err().expect("rpc/literal cannot say it").to_string();
    assert!(error.contains("the output `answer` of `guess` may have no value"), "{error}");
}
