//! WSDLs from where they are, a URL or a file, with all that they import.

use std::path::Path;
use std::time::Duration;

use url::Url;

use super::http::Fetched;
use super::{CallError, Http, HttpOptions};
use crate::wsdl::documents::{Document, Documents, LONGEST, text_of};
use crate::wsdl::model::Definitions;
use crate::wsdl::read::{Import, Kind, WsdlError, check, definitions, imports, kind};

/// All documents together may take this many times as long as one.
const PATIENCE: u32 = 4;
/// How much of an answer that is no WSDL is shown.
const SHOWN: usize = 200;

/// What the WSDL at `location` says, a URL or a file, and the documents themselves.
///
/// # Errors
/// As for [`documents`], and if they contradict WSDL 1.1.
pub(crate) async fn describe(location: &str, options: &HttpOptions) -> Result<(Definitions, Documents), WsdlError> {
    let documents = documents(location, options).await?;
    Ok((definitions(&documents)?, documents))
}

/// The WSDL at `location`, a URL or a file, and all that it imports. For the URL of an endpoint, `?wsdl` is tried.
///
/// # Errors
/// If a document cannot be had, or is not what it should be; if there are too many.
pub(crate) async fn documents(location: &str, options: &HttpOptions) -> Result<Documents, WsdlError> {
    let all = options.timeout.saturating_mul(PATIENCE);
    let late = |_| WsdlError::Unreadable {
        location: location.to_owned(),
        reason: format!("it and all that it imports have not come within {} s", all.as_secs_f32()),
    };
    tokio::time::timeout(all, load(location, options)).await.map_err(late)?
}

async fn load(location: &str, options: &HttpOptions) -> Result<Documents, WsdlError> {
    let loader = Loader::new(location, options)?;
    let main = loader.main(location).await?;
    check(&main.name, &main.text)?;
    let mut documents = Documents::new(main);
    let mut at = 0;
    while let Some(document) = documents.get(at).cloned() {
        for import in imports(&document.name, &document.text)? {
            let wanted = allowed(&document, &import)?;
            if documents.at(&wanted).is_none() {
                let name = documents.name_of(&wanted);
                documents.add(loader.import(&documents.main().base, wanted, name, &import).await?)?;
            }
        }
        at += 1;
    }
    Ok(documents)
}

/// Where an import is. What came over the network has no business with files.
fn allowed(document: &Document, import: &Import) -> Result<Url, WsdlError> {
    let wrong = |reason: String| Err(WsdlError::Wrong { at: import.at.clone(), reason });
    let location = &import.location;
    match document.resolve(location) {
        None => wrong(format!("`{location}` is imported, and is no URL")),
        Some(url) if is_http(&url) || (url.scheme() == "file" && document.base.scheme() == "file") => Ok(url),
        Some(_) => wrong(format!("`{location}` is imported, and is neither http nor https")),
    }
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

struct Loader {
    http: Http,
    timeout: Duration,
}

impl Loader {
    fn new(location: &str, options: &HttpOptions) -> Result<Self, WsdlError> {
        let options = HttpOptions { max_answer: options.max_answer.min(LONGEST), ..options.clone() };
        let timeout = options.timeout;
        // Where it really goes is said with each request.
        let http = Http::new("http://localhost", options).map_err(|error| unreadable(location, &error))?;
        Ok(Self { http, timeout })
    }

    async fn main(&self, location: &str) -> Result<Document, WsdlError> {
        let url = match Url::parse(location) {
            Ok(url) if is_http(&url) => url,
            Ok(url) if url.scheme() == "file" => {
                let path = url.to_file_path().unwrap_or_default();
                return Document::in_file(&path, location.to_owned());
            }
            Ok(url) if location.contains("://") => {
                let reason = format!("`{}` is neither http nor https", url.scheme());
                return Err(WsdlError::Unreadable { location: location.to_owned(), reason });
            }
            _ => return Document::in_file(Path::new(location), location.to_owned()),
        };
        let first = self.wsdl(&url).await;
        if url.query().is_some() || !matches!(first, Err(WsdlError::NoWsdl { .. })) {
            return first;
        }
        let mut asking = url.clone();
        asking.set_query(Some("wsdl"));
        tracing::debug!(location, "that is no WSDL; trying `?wsdl`");
        self.wsdl(&asking).await.or_else(|second| match second {
            WsdlError::NoWsdl { .. } => first,
            error => Err(error),
        })
    }

    /// A WSDL; anything else is an error of that kind.
    async fn wsdl(&self, url: &Url) -> Result<Document, WsdlError> {
        let fetched = self.get(url, self.timeout).await.map_err(|error| unreadable(url.as_str(), &error))?;
        let answer = &fetched.answer;
        let status = answer.status;
        let text = text_of(url.as_str(), answer.body.clone(), answer.charset());
        match &text {
            Ok(text) if (200..300).contains(&status) && kind(text) == Kind::Wsdl => {
                Ok(Document { base: fetched.url, ..Document::new(url.as_str(), url.clone(), text) })
            }
            _ => Err(WsdlError::NoWsdl { location: url.to_string(), reason: what_came(&fetched) }),
        }
    }

    /// Something that is imported from a WSDL at `main`.
    async fn import(&self, main: &Url, wanted: Url, name: String, import: &Import) -> Result<Document, WsdlError> {
        if wanted.scheme() == "file" {
            let path = wanted.to_file_path().unwrap_or_default();
            return Document::in_file(&path, name);
        }
        let Some(beside) = beside(main, &wanted) else {
            return self.part(&wanted, &wanted, name, self.timeout).await.map_err(|error| of_import(error, import));
        };
        // A host that only the service itself knows may not even refuse: it is not waited for so long.
        let first = match self.part(&wanted, &wanted, name.clone(), self.timeout / PATIENCE).await {
            Ok(document) => return Ok(document),
            Err(error) => error,
        };
        tracing::debug!(%wanted, %beside, error = %first, "an import cannot be had; trying the host of the WSDL");
        self.part(&wanted, &beside, name, self.timeout).await.map_err(|_| of_import(first, import))
    }

    /// The document that others call `wanted`.
    async fn part(&self, wanted: &Url, url: &Url, name: String, timeout: Duration) -> Result<Document, WsdlError> {
        let fetched = self.get(url, timeout).await.map_err(|error| unreadable(url.as_str(), &error))?;
        let answer = &fetched.answer;
        let text = text_of(url.as_str(), answer.body.clone(), answer.charset())?;
        if !(200..300).contains(&answer.status) || kind(&text) == Kind::Other {
            return Err(WsdlError::Unreadable { location: url.to_string(), reason: what_came(&fetched) });
        }
        Ok(Document { base: fetched.url, ..Document::new(name, wanted.clone(), text) })
    }

    async fn get(&self, url: &Url, timeout: Duration) -> Result<Fetched, CallError> {
        self.http.to(url, timeout).get().await
    }
}

/// The same path on the host of the WSDL: behind a proxy, services know themselves by a name that callers cannot
/// reach. None, if it is there already.
fn beside(main: &Url, wanted: &Url) -> Option<Url> {
    if !is_http(main) || main.origin() == wanted.origin() {
        return None;
    }
    let mut beside = main.clone();
    beside.set_path(wanted.path());
    beside.set_query(wanted.query());
    Some(beside)
}

fn what_came(fetched: &Fetched) -> String {
    let body = &fetched.answer.body;
    let text = String::from_utf8_lossy(&body[..body.len().min(SHOWN)]);
    let start = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let status = fetched.answer.status;
    match start.as_str() {
        "" => format!("HTTP status {status}, and nothing"),
        page if is_page(page) => {
            format!("HTTP status {status}, and a page for browsers; give the address of a service")
        }
        start => format!("HTTP status {status}, and `{start}`"),
    }
}

/// Its markup would tell nobody anything.
fn is_page(start: &str) -> bool {
    let start = start.to_ascii_lowercase();
    ["<!doctype html", "<html"].iter().any(|page| start.starts_with(page))
}

fn unreadable(location: &str, error: &CallError) -> WsdlError {
    let reason = match error {
        CallError::Unreachable { reason, .. } => reason.clone(),
        CallError::Timeout { after, .. } => format!("no answer within {} s", after.as_secs_f32()),
        CallError::TooLong { most, .. } => format!("it has more than {most} bytes"),
        error => error.to_string(),
    };
    WsdlError::Unreadable { location: location.to_owned(), reason }
}

/// With the place that asks for it.
fn of_import(error: WsdlError, import: &Import) -> WsdlError {
    WsdlError::Wrong { at: import.at.clone(), reason: format!("what is imported here cannot be had: {error}") }
}

#[cfg(test)]
mod tests;
