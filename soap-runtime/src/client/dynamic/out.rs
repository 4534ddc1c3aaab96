//! XML being written, with a prefix for each namespace that turns up.

use crate::envelope::Version;
use crate::wsdl::model::QName;
use crate::xml::{XSI, escape_into};

/// The content of an envelope; its namespaces are declared on the Envelope, once all of them are known.
#[derive(Default)]
pub(super) struct Out {
    pub(super) xml: String,
    /// The first is `tns`, the others are `n1`, `n2`, ….
    namespaces: Vec<String>,
    uses_xsi: bool,
}

impl Out {
    /// The name with the prefix of its namespace.
    pub(super) fn name(&mut self, name: &QName) -> String {
        match name.namespace.as_str() {
            "" => name.local.clone(),
            namespace => format!("{}:{}", self.prefix(namespace), name.local),
        }
    }

    fn prefix(&mut self, namespace: &str) -> String {
        let known = self.namespaces.iter().position(|known| known == namespace);
        let at = known.unwrap_or_else(|| {
            self.namespaces.push(namespace.to_owned());
            self.namespaces.len() - 1
        });
        if at == 0 { "tns".to_owned() } else { format!("n{at}") }
    }

    /// ` name="value"` in a start tag.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.xml.extend([" ", name, "=\""]);
        escape_into(&mut self.xml, value, true);
        self.xml.push('"');
    }

    /// The same for `xsi:nil` and `xsi:type`.
    pub(super) fn xsi(&mut self, name: &str, value: &str) {
        self.uses_xsi = true;
        self.attribute(&format!("xsi:{name}"), value);
    }

    pub(super) fn text(&mut self, text: &str) {
        escape_into(&mut self.xml, text, false);
    }

    /// All of it from `header` on as the Header, what was written after it as the Body.
    pub(super) fn envelope(self, version: Version, header: &str) -> String {
        let mut document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"{}\"",
            version.namespace()
        );
        let mut declarations = Self { xml: std::mem::take(&mut document), ..Self::default() };
        for (at, namespace) in self.namespaces.iter().enumerate() {
            let prefix = if at == 0 { "tns".to_owned() } else { format!("n{at}") };
            declarations.attribute(&format!("xmlns:{prefix}"), namespace);
        }
        if self.uses_xsi {
            declarations.attribute("xmlns:xsi", XSI);
        }
        let mut document = declarations.xml;
        document.push('>');
        if !header.is_empty() {
            document.extend(["<soap:Header>", header, "</soap:Header>"]);
        }
        document.extend(["<soap:Body>", &self.xml, "</soap:Body></soap:Envelope>"]);
        document
    }
}
