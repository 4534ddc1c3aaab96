//! A WSDL and all that it imports as files that need no network: each import names the file beside it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use url::Url;

use super::documents::{Document, Documents};
use super::read::{Kind, WsdlError, imports, kind};

/// The longest name of a file, without its ending.
const LONGEST: usize = 80;

impl Documents {
    /// Writes all of them into `folder`, which is made if it is missing, over what was there. The paths are in
    /// the order of the documents: that of the WSDL is the first.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(crate) fn save(&self, folder: &Path) -> Result<Vec<PathBuf>, WsdlError> {
        let unwritable = |path: &Path, error: std::io::Error| WsdlError::Unwritable {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
        let names = self.file_names();
        let mut paths = Vec::new();
        for (index, document) in self.iter().enumerate() {
            let path = folder.join(&names[index]);
            let text = self.text_for_file(index, document, &names)?;
            std::fs::write(&path, text).map_err(|error| unwritable(&path, error))?;
            paths.push(path);
        }
        Ok(paths)
    }

    fn file_names(&self) -> Vec<String> {
        let mut taken = BTreeSet::new();
        self.iter().map(|document| file_name(document, &mut taken)).collect()
    }

    /// The document with its imports renamed.
    fn text_for_file(&self, index: usize, document: &Document, names: &[String]) -> Result<String, WsdlError> {
        let mut edits: Vec<(Range<usize>, &str)> = Vec::new();
        edits.extend(declared_encoding(&document.text).map(|range| (range, "UTF-8")));
        for import in imports(&document.name, &document.text)? {
            if let Some(imported) = self.follow(index, &import.location) {
                edits.push((import.range, &names[imported]));
            }
        }
        edits.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(document.text.len());
        let mut from = 0;
        for (range, replacement) in edits {
            text.push_str(&document.text[from..range.start]);
            text.push_str(replacement);
            from = range.end;
        }
        text.push_str(&document.text[from..]);
        Ok(text)
    }
}

/// A name that says what it is, and nothing that a file system minds: `Waiter.wsdl`, `Waiter_xsd_1.xsd`.
fn file_name(document: &Document, taken: &mut BTreeSet<String>) -> String {
    let ending = if kind(&document.text) == Kind::Wsdl { "wsdl" } else { "xsd" };
    let stem = stem(&document.location);
    let mut name = format!("{stem}.{ending}");
    let mut number = 1;
    // Some file systems do not tell capitals from others.
    while !taken.insert(name.to_ascii_lowercase()) {
        number += 1;
        name = format!("{stem}_{number}.{ending}");
    }
    name
}

fn stem(location: &Url) -> String {
    let path = location.path().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let last = [".wsdl", ".xsd", ".xml"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last);
    let query = location.query().filter(|query| !["wsdl", "singlewsdl"].contains(&&*query.to_ascii_lowercase()));
    let whole = match query {
        Some(query) => format!("{last}_{query}"),
        None => last.to_owned(),
    };
    let kept = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let safe: String = whole.chars().map(kept).take(LONGEST).collect();
    let safe = safe.trim_matches(|c| c == '.' || c == '_');
    if safe.is_empty() { "service".to_owned() } else { safe.to_owned() }
}

/// Where the XML declaration names an encoding, which is another one from now on.
fn declared_encoding(text: &str) -> Option<Range<usize>> {
    let declaration = text.strip_prefix("<?xml")?;
    let declaration = &text[..text.len() - declaration.len() + declaration.find("?>")?];
    let at = declaration.find("encoding")?;
    let quote_at = at + declaration[at..].find(['"', '\''])?;
    let quote = declaration[quote_at..].chars().next()?;
    let length = declaration[quote_at + 1..].find(quote)?;
    Some(quote_at + 1..quote_at + 1 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_names_that_say_what_they_are() {
        for (location, name) in [
            ("http://h/waiter/Waiter?wsdl", "Waiter"),
            ("http://h/waiter/Waiter?WSDL", "Waiter"),
            ("http://h/ws/People.wsdl", "People"),
            ("http://h/ws?xsd=1", "ws_xsd_1"),
            ("http://h/ws?xsd=../../x", "ws_xsd_.._.._x"),
            ("http://h/", "service"),
            ("http://h/a/..%2f..%2fetc", "2f.._2fetc"),
            ("http://h/.hidden", "hidden"),
            ("http://h/größe.xsd", "gr_C3_B6_C3_9Fe"),
        ] {
            let url = Url::parse(location).expect("it is a URL");
            assert_eq!(stem(&url), name, "{location}");
        }
        let long = Url::parse(&format!("http://h/{}", "x".repeat(500))).expect("it is a URL");
        assert_eq!(stem(&long).len(), LONGEST);
    }

    #[test]
    fn the_encoding_is_found_in_the_declaration_only() {
        for (text, encoding) in [
            ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", Some("UTF-16")),
            ("<?xml version='1.0' encoding = 'latin1' ?><a/>", Some("latin1")),
            ("<?xml version='1.0'?><a encoding='x'/>", None),
            ("<a encoding='x'/>", None),
            ("<?xml version='1.0' encoding='x", None),
        ] {
            assert_eq!(declared_encoding(text).map(|range| &text[range]), encoding, "{text}");
        }
    }
}
