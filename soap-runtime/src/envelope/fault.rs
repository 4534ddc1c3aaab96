//! How a fault looks: SOAP 1.1 §4.4, SOAP 1.2 Part 1 §5.4.

use super::{Exchange, Version, message_head, message_tail, open_message};
use crate::describe::Form;
use crate::fault::{Fault, FaultCode, Subcode};
use crate::xml::{escape_into, escape_replacing_into};

/// The whole message that says `fault`; `namespace` is that of the service, for its details.
pub(crate) fn write_fault(exchange: &Exchange, (namespace, form): (&str, Form), fault: &Fault) -> String {
    let version = exchange.version;
    // A fault that cannot say all is better than none.
    let mut blocks = exchange.blocks(Some(fault)).unwrap_or_default();
    write_blocks(&mut blocks, version, fault);
    let mut out = String::with_capacity(512);
    open_message(&mut out, &message_head(version, namespace), version, &blocks);
    match version {
        Version::Soap11 => write_soap11(&mut out, fault, form),
        Version::Soap12 => write_soap12(&mut out, fault, form),
    }
    out.push_str(message_tail(version));
    out
}

/// The header blocks that say more about a fault: what was not understood (SOAP 1.2 Part 1, §5.4.8),
/// and which envelopes are (§5.4.7; in a message of SOAP 1.1, its appendix A).
fn write_blocks(out: &mut String, version: Version, fault: &Fault) {
    if version == Version::Soap12 {
        for (namespace, name) in fault.headers_not_understood() {
            let prefix = if namespace.is_empty() { "" } else { "q:" };
            out.extend(["<soap12env:NotUnderstood qname=\"", prefix, name, "\""]);
            if !namespace.is_empty() {
                out.push_str(" xmlns:q=\"");
                escape_into(out, namespace, true);
                out.push('"');
            }
            out.push_str("/>");
        }
    }
    if fault.code() == FaultCode::VersionMismatch {
        let [soap12, soap11] = [Version::Soap12, Version::Soap11].map(Version::namespace);
        out.push_str(&format!(
            "<up:Upgrade xmlns:up=\"{soap12}\"><up:SupportedEnvelope qname=\"q:Envelope\" xmlns:q=\"{soap12}\"/>\
             <up:SupportedEnvelope qname=\"q:Envelope\" xmlns:q=\"{soap11}\"/></up:Upgrade>"
        ));
    }
}

/// The language of messages.
const LANGUAGE: &str = "en";

fn write_soap11(out: &mut String, fault: &Fault, form: Form) {
    out.push_str("<soap11env:Fault>");
    write_faultcode(out, fault);
    // Only where there are others does it matter which it is.
    match fault.reasons() {
        [] => out.push_str("<faultstring>"),
        _ => out.extend(["<faultstring xml:lang=\"", LANGUAGE, "\">"]),
    }
    escape_replacing_into(out, fault.message(), false);
    out.push_str("</faultstring>");
    write_text(out, "faultactor", fault.actor());
    write_raw(out, "detail", detail(fault, form));
    out.push_str("</soap11env:Fault>");
}

/// Dotted (SOAP 1.1 §4.4.1), unless a standard has a name of its own for it.
fn write_faultcode(out: &mut String, fault: &Fault) {
    if let [Subcode { namespace: Some(namespace), name }, ..] = fault.subcodes() {
        out.push_str("<faultcode xmlns:f=\"");
        escape_into(out, namespace, true);
        return out.extend(["\">f:", name, "</faultcode>"]);
    }
    out.push_str("<faultcode>soap11env:");
    out.push_str(match fault.code() {
        FaultCode::Client => "Client",
        FaultCode::Server => "Server",
        FaultCode::MustUnderstand => "MustUnderstand",
        FaultCode::VersionMismatch => "VersionMismatch",
    });
    fault.subcodes().iter().for_each(|subcode| out.extend([".", subcode.name]));
    out.push_str("</faultcode>");
}

fn write_soap12(out: &mut String, fault: &Fault, form: Form) {
    out.push_str("<soap12env:Fault><soap12env:Code><soap12env:Value>soap12env:");
    out.push_str(match fault.code() {
        FaultCode::Client => "Sender",
        FaultCode::Server => "Receiver",
        FaultCode::MustUnderstand => "MustUnderstand",
        FaultCode::VersionMismatch => "VersionMismatch",
    });
    out.push_str("</soap12env:Value>");
    write_subcodes(out, fault.subcodes());
    out.push_str("</soap12env:Code><soap12env:Reason>");
    let reasons = fault.reasons().iter().map(|(language, text)| (&**language, &**text));
    for (language, text) in std::iter::once((LANGUAGE, fault.message())).chain(reasons) {
        out.push_str("<soap12env:Text xml:lang=\"");
        escape_replacing_into(out, language, true);
        out.push_str("\">");
        escape_replacing_into(out, text, false);
        out.push_str("</soap12env:Text>");
    }
    out.push_str("</soap12env:Reason>");
    write_text(out, "soap12env:Role", fault.actor());
    write_raw(out, "soap12env:Detail", detail(fault, form).or(fault.header_detail()));
    out.push_str("</soap12env:Fault>");
}

/// Each inside of the one before (SOAP 1.2 Part 1, §5.4.1.2).
fn write_subcodes(out: &mut String, subcodes: &[Subcode]) {
    let Some((Subcode { namespace, name }, inner)) = subcodes.split_first() else { return };
    out.push_str("<soap12env:Subcode><soap12env:Value");
    match namespace {
        None => out.push_str(">tns:"),
        Some(namespace) => {
            out.push_str(" xmlns:f=\"");
            escape_into(out, namespace, true);
            out.push_str("\">f:");
        }
    }
    out.extend([name, "</soap12env:Value>"]);
    write_subcodes(out, inner);
    out.push_str("</soap12env:Subcode>");
}

fn write_text(out: &mut String, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        out.extend(["<", name, ">"]);
        escape_replacing_into(out, text, false);
        out.extend(["</", name, ">"]);
    }
}

fn detail(fault: &Fault, form: Form) -> Option<&str> {
    match form {
        Form::Qualified => fault.detail(),
        Form::Unqualified => fault.unqualified_detail(),
    }
}

fn write_raw(out: &mut String, name: &str, xml: Option<&str>) {
    if let Some(xml) = xml {
        out.extend(["<", name, ">", xml, "</", name, ">"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(version: Version, fault: &Fault) -> String {
        let message = write_fault(&version.into(), ("urn:s", Form::Qualified), fault);
        let (_, fault) = message.split_once("Fault>").expect("it is a fault");
        fault
            .rsplit_once("</soap")
            .expect("the envelope ends")
            .0
            .rsplit_once("</soap")
            .expect("and the body")
            .0
            .to_owned()
    }

    #[test]
    fn a_fault_says_all_that_it_has_in_the_words_of_each_version() {
        let fault = Fault::client("no <screws>")
            .with_subcode("OutOfStock")
            .with_nested_subcode("Temporarily")
            .with_reason("de", "keine Schrauben")
            .with_actor("urn:store?a&b")
            .with_detail("left", |writer| writer.plain("0"));
        assert_eq!(
            body(Version::Soap11, &fault),
            "<faultcode>soap11env:Client.OutOfStock.Temporarily</faultcode><faultstring xml:lang=\"en\">no \
             &lt;screws&gt;</faultstring><faultactor>urn:store?a&amp;b</faultactor><detail><tns:left>0</tns:left>\
             </detail></soap11env:Fault>"
        );
        assert_eq!(
            body(Version::Soap12, &fault),
            "<soap12env:Code><soap12env:Value>soap12env:Sender</soap12env:Value><soap12env:Subcode><soap12env:Value>\
             tns:OutOfStock</soap12env:Value><soap12env:Subcode><soap12env:Value>tns:Temporarily</soap12env:Value>\
             </soap12env:Subcode></soap12env:Subcode></soap12env:Code><soap12env:Reason><soap12env:Text \
             xml:lang=\"en\">no &lt;screws&gt;</soap12env:Text><soap12env:Text xml:lang=\"de\">keine Schrauben\
             </soap12env:Text></soap12env:Reason><soap12env:Role>urn:store?a&amp;b</soap12env:Role><soap12env:Detail>\
             <tns:left>0</tns:left></soap12env:Detail></soap12env:Fault>"
        );
    }

    #[test]
    fn a_code_of_another_standard_is_the_code_itself_in_soap_11() {
        let fault = Fault::client("who is it?").with_subcode("X").with_subcode_of("urn:wsse&", "FailedAuthentication");
        assert_eq!(
            body(Version::Soap11, &fault),
            "<faultcode xmlns:f=\"urn:wsse&amp;\">f:FailedAuthentication</faultcode><faultstring>who is it?</faultstring>\
             </soap11env:Fault>"
        );
        let soap12 = body(Version::Soap12, &fault);
        let subcode = "<soap12env:Subcode><soap12env:Value xmlns:f=\"urn:wsse&amp;\">f:FailedAuthentication";
        assert!(soap12.contains(subcode) && soap12.contains("soap12env:Sender"), "{soap12}");
    }
}
