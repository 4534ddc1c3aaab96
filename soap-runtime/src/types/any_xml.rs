//! Any XML: what an element of `xs:anyType` holds (XML Schema Part 1, §3.4.7).

use std::fmt;
use std::str::FromStr;

use super::{Schema, SoapType};
use crate::xml::{Element, Fragment, Limits, ReadError, StartTag, Writer, escape_into};

/// The content of an element, whatever it is: elements, text, or both; with the attributes of that
/// element.
///
/// What was read stands for itself: its elements declare all namespaces that they use, also those that
/// the message around it declared. CDATA and entities are text like any other, comments are left out.
/// Documents of it may hold no DOCTYPE and no processing instructions, as messages may not.
///
/// ```
/// use soap_runtime::AnyXml;
///
/// let xml = AnyXml::parse("<p:point xmlns:p='urn:geo'>1 &lt; 2</p:point>")?;
/// assert_eq!(xml.as_str(), "<p:point xmlns:p=\"urn:geo\">1 &lt; 2</p:point>");
/// assert_eq!(AnyXml::from_text("1 < 2")?.to_text().as_deref(), Some("1 < 2"));
/// assert!(AnyXml::parse("<open>").is_err());
/// # Ok::<_, soap_runtime::ReadError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AnyXml(Fragment);

impl AnyXml {
    /// Well-formed elements and text, which declare the namespaces that they use.
    ///
    /// # Errors
    /// If an element cannot hold it.
    pub fn parse(xml: &str) -> Result<Self, ReadError> {
        Fragment::parse(xml, Limits::default()).map(Self)
    }

    /// Text alone: what means something in XML is escaped.
    ///
    /// # Errors
    /// If there is a character in it that XML cannot carry (XML 1.0 §2.2).
    pub fn from_text(text: &str) -> Result<Self, ReadError> {
        let mut xml = String::with_capacity(text.len());
        escape_into(&mut xml, text, false);
        Self::parse(&xml)
    }

    /// The elements and the text.
    pub fn as_str(&self) -> &str {
        &self.0.content
    }

    /// The elements and the text.
    pub fn into_string(self) -> String {
        self.0.content
    }

    /// The text, if there are no elements.
    pub fn to_text(&self) -> Option<String> {
        let content = &self.0.content;
        // Anywhere but in a tag it is escaped.
        (!content.contains('<')).then(|| crate::xml::unescaped(content))
    }

    /// The namespace and the name of the type that the element says to be of (XML Schema Part 1, §2.6.1).
    pub fn xsi_type(&self) -> Option<(&str, &str)> {
        self.0.xsi_type.as_ref().map(|(namespace, local)| (&**namespace, &**local))
    }

    /// The value of an attribute of the element; `namespace` is empty for one without a prefix.
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<&str> {
        let mut attributes = self.0.attributes.iter();
        let found = attributes.find(|attribute| attribute.namespace == namespace && attribute.local == local);
        found.map(|attribute| &*attribute.value)
    }
}

impl FromStr for AnyXml {
    type Err = ReadError;

    fn from_str(xml: &str) -> Result<Self, ReadError> {
        Self::parse(xml)
    }
}

impl fmt::Display for AnyXml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl SoapType for AnyXml {
    fn schema() -> Schema {
        Schema::Any
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        element.fragment().map(Self)
    }
    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.0.content);
    }
    fn write_attributes(&self, tag: &mut StartTag<'_>) {
        self.0.write_attributes(tag);
    }
    fn size_hint(&self) -> usize {
        let attributes = self.0.attributes.iter().map(|one| one.namespace.len() + one.local.len() + one.value.len());
        self.0.content.len() + attributes.sum::<usize>()
    }
    fn empty_is_a_value() -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
