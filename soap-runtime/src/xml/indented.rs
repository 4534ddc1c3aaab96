//! Writing a document for people as well as machines: one element to a line, two spaces a level.
//!
//! Messages are written by [`Writer`](super::Writer), which knows one namespace and wastes no byte.
//! This one takes any prefix and any attribute, and is for what is made once: the WSDL, examples.

use super::escape::escape_replacing_into;

/// Writes elements with attributes, each on a line of its own.
#[derive(Default)]
pub(crate) struct IndentedWriter {
    out: String,
    depth: usize,
}

/// A start tag that is being written; one of its last three methods ends it.
#[must_use = "a tag is only ended by `empty`, `text` or `content`"]
pub(crate) struct Tag<'w, 'n> {
    writer: &'w mut IndentedWriter,
    name: &'n str,
}

impl IndentedWriter {
    /// With the XML declaration.
    pub(crate) fn document() -> Self {
        // Double what a small service takes: the document is grown a few times at most.
        let mut out = String::with_capacity(8 * 1024);
        out.push_str("<?xml version='1.0' encoding='UTF-8'?>\n");
        Self { out, depth: 0 }
    }

    /// Begins the element `name`, prefix included.
    pub(crate) fn tag<'w, 'n>(&'w mut self, name: &'n str) -> Tag<'w, 'n> {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        Tag { writer: self, name }
    }

    /// How much is written so far, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn indent(&mut self) {
        (0..self.depth).for_each(|_| self.out.push_str("  "));
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }
}

impl Tag<'_, '_> {
    /// ` name="value"`, escaped.
    pub(crate) fn attribute(self, name: &str, value: &str) -> Self {
        let out = &mut self.writer.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape_replacing_into(out, value, true);
        out.push('"');
        self
    }

    /// The attribute, if there is a value for it.
    pub(crate) fn attribute_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// An element without content.
    pub(crate) fn empty(self) {
        self.writer.out.push_str("/>\n");
    }

    /// An element whose content is text, kept as it is.
    pub(crate) fn text(self, text: &str) {
        self.writer.out.push('>');
        escape_replacing_into(&mut self.writer.out, text, false);
        self.writer.close(self.name);
    }

    /// An element around other elements; it is written without content if `content` writes nothing.
    pub(crate) fn content(self, content: impl FnOnce(&mut IndentedWriter)) {
        let Self { writer, name } = self;
        writer.out.push_str(">\n");
        let start = writer.len();
        writer.depth += 1;
        content(writer);
        writer.depth -= 1;
        if writer.len() == start {
            writer.out.truncate(start - ">\n".len());
            return writer.out.push_str("/>\n");
        }
        writer.indent();
        writer.close(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_on_lines_of_their_own_and_values_are_escaped() {
        let mut writer = IndentedWriter::default();
        writer.tag("a").attribute("x", "1 < \"2\" &\n\u{1}").attribute_if("y", None).content(|writer| {
            writer.tag("p:b").content(|_| {});
            writer.tag("c").text("d > e");
        });
        let expected = "<a x=\"1 &lt; &quot;2&quot; &amp;&#10;\u{FFFD}\">\n  <p:b/>\n  <c>d &gt; e</c>\n</a>\n";
        assert_eq!(writer.finish(), expected);
    }
}
