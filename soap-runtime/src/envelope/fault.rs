//! How a fault looks: SOAP 1.1 §4.4, SOAP 1.2 Part 1 §5.4.

use super::{Version, message_head, message_tail};
use crate::fault::{Fault, FaultCode};
use crate::xml::escape_replacing_into;

/// The whole message that says `fault`; `namespace` is that of the service, for its details.
pub(crate) fn write_fault(version: Version, namespace: &str, fault: &Fault) -> String {
    let mut out = message_head(version, namespace);
    match version {
        Version::Soap11 => write_soap11(&mut out, fault),
        Version::Soap12 => write_soap12(&mut out, fault),
    }
    out.push_str(message_tail(version));
    out
}

fn write_soap11(out: &mut String, fault: &Fault) {
    out.push_str("<soap11env:Fault><faultcode>soap11env:");
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
    out.push_str("</faultcode><faultstring>");
    escape_replacing_into(out, fault.message(), false);
    out.push_str("</faultstring>");
    if let Some(detail) = fault.detail() {
        out.push_str("<detail>");
        out.push_str(detail);
        out.push_str("</detail>");
    }
    out.push_str("</soap11env:Fault>");
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
        out.push_str("<soap12env:Subcode><soap12env:Value>tns:");
        out.push_str(subcode);
        out.push_str("</soap12env:Value></soap12env:Subcode>");
    }
    out.push_str("</soap12env:Code><soap12env:Reason><soap12env:Text xml:lang=\"en\">");
    escape_replacing_into(out, fault.message(), false);
    out.push_str("</soap12env:Text></soap12env:Reason>");
    if let Some(detail) = fault.detail() {
        out.push_str("<soap12env:Detail>");
        out.push_str(detail);
        out.push_str("</soap12env:Detail>");
    }
    out.push_str("</soap12env:Fault>");
}
