//! The words that stand in attributes.

pub(crate) const ABORT_OUTPUT: &str = "abort_output";
pub(crate) const ABSTRACT: &str = "abstract";
pub(crate) const ACTION: &str = "action";
pub(crate) const ATTRIBUTE: &str = "attribute";
pub(crate) const BARE: &str = "bare";
pub(crate) const CLIENT: &str = "client";
pub(crate) const COMPLETE: &str = "complete";
pub(crate) const DEFAULT: &str = "default";
pub(crate) const EXTENDS: &str = "extends";
pub(crate) const FAULT: &str = "fault";
pub(crate) const FLATTEN: &str = "flatten";
pub(crate) const FOREIGN: &str = "foreign";
pub(crate) const FORM: &str = "form";
pub(crate) const HEADER: &str = "header";
pub(crate) const HEADERS: &str = "headers";
pub(crate) const JOB: &str = "job";
pub(crate) const NAME: &str = "name";
pub(crate) const NAMESPACE: &str = "namespace";
pub(crate) const NAMING: &str = "naming";
pub(crate) const ON_FAILURE: &str = "on_failure";
pub(crate) const ONE_WAY: &str = "one_way";
pub(crate) const OPERATION: &str = "operation";
pub(crate) const OUTPUTS: &str = "outputs";
pub(crate) const PAGE: &str = "page";
pub(crate) const PATH: &str = "path";
/// Another word for [`NAME`], as serde says it.
pub(crate) const RENAME: &str = "rename";
pub(crate) const RENAME_ALL: &str = "rename_all";
pub(crate) const REQUEST: &str = "request";
pub(crate) const REQUEUE: &str = "requeue";
pub(crate) const RESPONSE: &str = "response";
pub(crate) const SERVER: &str = "server";
pub(crate) const SKIP: &str = "skip";
pub(crate) const SOAP: &str = "soap";
pub(crate) const SOAP12: &str = "soap12";
pub(crate) const SUBCODE: &str = "subcode";
pub(crate) const STYLE: &str = "style";
pub(crate) const TEXT: &str = "text";
pub(crate) const XSD: &str = "xsd";
pub(crate) const XSI_TYPE: &str = "xsi_type";

/// The words for a message: `` `name`, `outputs` ``.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
