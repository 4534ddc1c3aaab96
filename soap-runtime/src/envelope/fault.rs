//! How a fault looks: SOAP 1.1 §4.4, SOAP 1.2 Part 1 §5.4.

use super::{Exchange, Version, message_head, message_tail, open_message};
use crate::fault::{Fault, FaultCode};
use crate::xml::{escape_into, escape_replacing_into};

/// The whole message that says `fault`; `namespace` is that of the service, for its details.
pub(crate) fn write_fault(exchange: &Exchange, namespace: &str, fault: &Fault) -> String {
    let version = exchange.version;
    // A fault that cannot say all is better than none.
    let mut blocks = exchange.blocks(Some(fault)).unwrap_or_default();
    write_blocks(&mut blocks, version, fault);
    let mut out = String::with_capacity(512);
    open_message(&mut out, &message_head(version, namespace), version, &blocks);
    match version {
        Version::Soap11 => write_soap11(&mut out, fault),
        Version::Soap12 => write_soap12(&mut out, fault),
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

fn write_soap11(out: &mut String, fault: &Fault) {
    out.push_str("<soap11env:Fault>");
    write_soap11_code(out, fault);
    out.push_str("<faultstring>");
    escape_replacing_into(out, fault.message(), false);
    out.push_str("</faultstring>");
    if let Some(detail) = fault.detail() {
        out.push_str("<detail>");
        out.push_str(detail);
        out.push_str("</detail>");
    }
    out.push_str("</soap11env:Fault>");
}

fn write_soap11_code(out: &mut String, fault: &Fault) {
    if let (Some(namespace), Some(subcode)) = (fault.subcode_namespace(), fault.subcode()) {
        out.push_str("<faultcode xmlns:q=\"");
        escape_into(out, namespace, true);
        return out.extend(["\">q:", subcode, "</faultcode>"]);
    }
    out.push_str("<faultcode>soap11env:");
    out.push_str(match fault.code() {
        FaultCode::Client => "Client",
        FaultCode::Server => "Server",
        FaultCode::MustUnderstand => "MustUnderstand",
        FaultCode::VersionMismatch => "VersionMismatch",
    });
    if let Some(subcode) = fault.subcode() {
        out.push('.');
        out.push_str(subcode);
    }
    out.push_str("</faultcode>");
}

fn write_soap12(out: &mut String, fault: &Fault) {
    out.push_str("<soap12env:Fault><soap12env:Code><soap12env:Value>soap12env:");
    out.push_str(match fault.code() {
        FaultCode::Client => "Sender",
        FaultCode::Server => "Receiver",
        FaultCode::MustUnderstand => "MustUnderstand",
        FaultCode::VersionMismatch => "VersionMismatch",
    });
    out.push_str("</soap12env:Value>");
    if let Some(subcode) = fault.subcode() {
        match fault.subcode_namespace() {
            None => out.push_str("<soap12env:Subcode><soap12env:Value>tns:"),
            Some(namespace) => {
                out.push_str("<soap12env:Subcode><soap12env:Value xmlns:q=\"");
                escape_into(out, namespace, true);
                out.push_str("\">q:");
            }
        }
        out.push_str(subcode);
        out.push_str("</soap12env:Value></soap12env:Subcode>");
    }
    out.push_str("</soap12env:Code><soap12env:Reason><soap12env:Text xml:lang=\"en\">");
    escape_replacing_into(out, fault.message(), false);
    out.push_str("</soap12env:Text></soap12env:Reason>");
    if let Some(detail) = fault.detail().or(fault.header_detail()) {
        out.push_str("<soap12env:Detail>");
        out.push_str(detail);
        out.push_str("</soap12env:Detail>");
    }
    out.push_str("</soap12env:Fault>");
}
