//! A WSDL and all that it imports, as text.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use url::Url;

use super::read::{WsdlError, check, imports};
use crate::xml::decode;

/// The most documents that belong to one WSDL.
pub(crate) const MOST_DOCUMENTS: usize = 512;
/// The longest document, in bytes.
pub(crate) const LONGEST: usize = 16 << 20;

/// All of them together.
const LONGEST_TOGETHER: usize = 64 << 20;

/// A WSDL and all that it imports.
#[derive(Clone, Debug)]
pub(crate) struct Documents {
    /// The WSDL itself comes first.
    documents: Vec<Document>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// What it is called in errors.
    pub(crate) name: String,
    /// By which others import it.
    pub(crate) location: Url,
    /// What its own imports start from: elsewhere if the request was redirected.
    pub(crate) base: Url,
    /// In characters, whatever the encoding was.
    pub(crate) text: String,
}

impl Documents {
    /// A WSDL alone.
    pub(crate) fn new(main: Document) -> Self {
        Self { documents: vec![main] }
    }

    /// A WSDL in a file, and all that it imports from files.
    ///
    /// # Errors
    /// If a file cannot be read; if something is imported that is not a file.
    pub(crate) fn from_file(path: impl AsRef<Path>) -> Result<Self, WsdlError> {
        let path = path.as_ref();
        let main = Document::in_file(path, path.display().to_string())?;
        check(&main.name, &main.text)?;
        let mut documents = Self::new(main);
        let mut at = 0;
        while at < documents.documents.len() {
            for import in imports(&documents.documents[at].name, &documents.documents[at].text)? {
                let location = documents.documents[at].resolve(&import.location);
                let path = location.as_ref().filter(|location| location.scheme() == "file");
                let (Some(location), Some(path)) = (&location, path.and_then(|file| file.to_file_path().ok())) else {
                    return Err(WsdlError::NotBeside { at: import.at, location: import.location });
                };
                if documents.at(location).is_none() {
                    let name = documents.name_of(location);
                    documents.add(Document::in_file(&path, name)?)?;
                }
            }
            at += 1;
        }
        Ok(documents)
    }

    /// The WSDL itself.
    pub(crate) fn main(&self) -> &Document {
        &self.documents[0]
    }

    /// By the number that [`at`](Self::at) gives.
    pub(crate) fn get(&self, index: usize) -> Option<&Document> {
        self.documents.get(index)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter()
    }

    /// Which of them belongs to a location.
    pub(crate) fn at(&self, location: &Url) -> Option<usize> {
        self.documents.iter().position(|document| document.location == *location || document.base == *location)
    }

    /// Which of them is meant by an import in one of them.
    pub(crate) fn follow(&self, from: usize, reference: &str) -> Option<usize> {
        self.at(&self.documents.get(from)?.resolve(reference)?)
    }

    /// One more.
    ///
    /// # Errors
    /// If they are too many.
    pub(crate) fn add(&mut self, document: Document) -> Result<(), WsdlError> {
        let too_large = |reason: String| WsdlError::TooLarge { location: self.main().name.clone(), reason };
        if self.documents.len() == MOST_DOCUMENTS {
            return Err(too_large(format!("it imports more than {MOST_DOCUMENTS} documents")));
        }
        let length: usize = self.documents.iter().map(|document| document.text.len()).sum();
        if length + document.text.len() > LONGEST_TOGETHER {
            return Err(too_large(format!("with all that it imports it has more than {LONGEST_TOGETHER} bytes")));
        }
        self.documents.push(document);
        Ok(())
    }

    /// What to call a document: if it is a file, by the way from the WSDL, in whose words the user thinks.
    pub(crate) fn name_of(&self, location: &Url) -> String {
        let main = self.main();
        match main.location.make_relative(location) {
            Some(relative) if location.scheme() == "file" && main.location.scheme() == "file" => {
                Path::new(&main.name).with_file_name(relative).display().to_string()
            }
            _ => location.to_string(),
        }
    }
}

impl Document {
    /// A document that is at hand.
    pub(crate) fn new(name: impl Into<String>, location: Url, text: impl Into<String>) -> Self {
        Self { name: name.into(), base: location.clone(), location, text: text.into() }
    }

    /// Where something is that this document imports.
    pub(crate) fn resolve(&self, reference: &str) -> Option<Url> {
        let mut location = self.base.join(reference).ok()?;
        location.set_fragment(None);
        Some(location)
    }

    /// One in a file.
    pub(crate) fn in_file(path: &Path, name: String) -> Result<Self, WsdlError> {
        let unreadable = |error: io::Error| WsdlError::Unreadable { location: name.clone(), reason: reason(&error) };
        let absolute: PathBuf = std::path::absolute(path).map_err(unreadable)?;
        let location = Url::from_file_path(&absolute)
            .map_err(|()| WsdlError::Unreadable { location: name.clone(), reason: "it has no absolute path".into() })?;
        let bytes = bytes_of(path).map_err(unreadable)?;
        let text = text_of(&name, bytes, None)?;
        Ok(Self::new(name, location, text))
    }
}

/// In words for people who meant a URL.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file (a URL would begin with `http://` or `https://`)".to_owned(),
        _ => error.to_string(),
    }
}

/// No more than is looked at: it may be a device that never ends.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a document, in whatever encoding it came; `charset` is what HTTP says.
pub(crate) fn text_of(name: &str, bytes: impl Into<Bytes>, charset: Option<&str>) -> Result<String, WsdlError> {
    let bytes = bytes.into();
    let location = name.to_owned();
    if bytes.len() > LONGEST {
        return Err(WsdlError::TooLarge { location, reason: format!("it has more than {LONGEST} bytes") });
    }
    decode(bytes, charset).map_err(|error| WsdlError::Unreadable { location, reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(number: usize, text: &str) -> Document {
        let location = Url::parse(&format!("http://h/{number}")).expect("it is a URL");
        Document::new(number.to_string(), location, text)
    }

    #[test]
    fn there_are_only_so_many_documents() {
        let mut many = Documents::new(document(0, ""));
        (1..MOST_DOCUMENTS).for_each(|number| many.add(document(number, "")).expect("that many are fine"));
        let error = many.add(document(MOST_DOCUMENTS, "")).expect_err("that is one too many");
        assert_eq!(error.to_string(), "0 is too large: it imports more than 512 documents");

        let mut large = Documents::new(document(0, ""));
        let text = " ".repeat(LONGEST);
        (1..=4).for_each(|number| large.add(document(number, &text)).expect("that much is fine"));
        assert!(large.add(document(5, " ")).is_err());
    }

    #[test]
    fn files_are_called_by_the_way_from_the_wsdl() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let main = folder.path().join("a.wsdl");
        std::fs::write(&main, "<a/>").expect("it can be written");
        let documents = Documents::new(Document::in_file(&main, "some/a.wsdl".to_owned()).expect("it can be read"));
        for (reference, name) in
            [("b.xsd", "some/b.xsd"), ("c/d%20e.xsd", "some/c/d%20e.xsd"), ("http://h/x", "http://h/x")]
        {
            let location = documents.main().resolve(reference).expect("it is a URL");
            assert_eq!(documents.name_of(&location), name);
        }
    }
}
