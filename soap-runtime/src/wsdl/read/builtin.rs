//! Types that are known without a schema.

use super::tree::XS;
use crate::wsdl::model::QName;

/// SOAP encoding, of both versions: its types are those of XML Schema, and an array.
pub(super) const SOAP_ENCODINGS: [&str; 2] =
    ["http://schemas.xmlsoap.org/soap/encoding/", "http://www.w3.org/2003/05/soap-encoding"];

/// Binary values and their media types (<https://www.w3.org/TR/xml-media-types/>).
const XML_MIME: [&str; 2] = ["http://www.w3.org/2005/05/xmlmime", "http://www.w3.org/2004/11/xmlmime"];
const XOP: &str = "http://www.w3.org/2004/08/xop/include";
const ENVELOPES: [&str; 2] = ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];

/// Those of XML Schema Part 2, with the two at the top, and those that version 1.1 adds.
const NAMES: [&str; 50] = [
    "ENTITIES",
    "ENTITY",
    "ID",
    "IDREF",
    "IDREFS",
    "NCName",
    "NMTOKEN",
    "NMTOKENS",
    "NOTATION",
    "Name",
    "QName",
    "anyAtomicType",
    "anySimpleType",
    "anyType",
    "anyURI",
    "base64Binary",
    "boolean",
    "byte",
    "date",
    "dateTime",
    "dateTimeStamp",
    "dayTimeDuration",
    "decimal",
    "double",
    "duration",
    "float",
    "gDay",
    "gMonth",
    "gMonthDay",
    "gYear",
    "gYearMonth",
    "hexBinary",
    "int",
    "integer",
    "language",
    "long",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "normalizedString",
    "positiveInteger",
    "short",
    "string",
    "time",
    "token",
    "unsignedByte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
    "yearMonthDuration",
];

/// Whether XML Schema has a type of this name.
pub(super) fn is_type(local: &str) -> bool {
    NAMES.binary_search(&local).is_ok()
}

/// Whether a namespace belongs to the standards around SOAP, so that its schema need not be read.
pub(super) fn is_standard(namespace: &str) -> bool {
    SOAP_ENCODINGS.contains(&namespace)
        || XML_MIME.contains(&namespace)
        || ENVELOPES.contains(&namespace)
        || namespace == XOP
}

/// The built-in type that a type of such a namespace is a form of.
pub(super) fn standard_type(namespace: &str, local: &str) -> Option<&'static str> {
    if !is_standard(namespace) {
        return None;
    }
    Some(NAMES.binary_search(&local).map_or("anyType", |found| NAMES[found]))
}

/// The built-in type that a name stands for.
pub(super) fn of(name: &QName) -> Option<&str> {
    match &*name.namespace {
        XS => is_type(&name.local).then_some(&*name.local),
        namespace => standard_type(namespace, &name.local),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_as_searching_needs_it() {
        assert!(NAMES.is_sorted());
        assert!(NAMES.iter().all(|name| is_type(name)));
        assert!(!is_type("String"));
    }
}
