//! Which operation of which WSDL a service of a workflow is: its URI is a name in the platform's registry, and
//! says nothing of that.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use super::model::{Service, fragment};
use crate::cli::failure::Failure;
use crate::xml::cut;

/// `URI=WSDL#OPERATION`, as on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    uri: String,
    binding: Binding,
}

/// Where the service is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) wsdl: String,
    pub(super) operation: String,
}

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || "write URI=WSDL#OPERATION, with the URI of the service in the workflow".to_owned();
        let (uri, rest) = text.split_once('=').ok_or_else(form)?;
        let (wsdl, operation) = rest.rsplit_once('#').ok_or_else(form)?;
        let [uri, wsdl, operation] = [uri, wsdl, operation].map(|part| part.trim().to_owned());
        if [&uri, &wsdl, &operation].iter().any(|part| part.is_empty()) {
            return Err(form());
        }
        Ok(Self { uri, binding: Binding { wsdl, operation } })
    }
}

/// What is known beside the workflow itself, which it wins over.
#[derive(Debug, Default)]
pub(super) struct Bindings(BTreeMap<String, Binding>);

impl Bindings {
    /// Those of the file, if there is one; `pairs` win over it.
    pub(super) fn new(file: Option<&Path>, pairs: &[Pair]) -> Result<Self, Failure> {
        let mut bindings = BTreeMap::new();
        if let Some(path) = file {
            let cannot = |reason: String| Failure::usage(format!("cannot read {}: {reason}", path.display()));
            let text = std::fs::read_to_string(path).map_err(|error| cannot(error.to_string()))?;
            bindings = read(&text, path).map_err(cannot)?;
        }
        bindings.extend(pairs.iter().map(|pair| (pair.uri.clone(), pair.binding.clone())));
        Ok(Self(bindings))
    }

    /// Where `service` is, which stands in the workflow `file`.
    pub(super) fn of(&self, service: &Service, file: &Path) -> Result<Binding, String> {
        if let Some(binding) = self.0.get(&service.uri) {
            return Ok(binding.clone());
        }
        let Some(wsdl) = &service.wsdl else {
            return Err(format!(
                "it is not known where the service `{}` is; say it by `wsdl=\"…\"` and `operation=\"…\"` here, or on \
                 the command line by --bind URI=WSDL#OPERATION",
                cut(&service.uri)
            ));
        };
        // The platform's own names: `#startWaiter_Service`.
        let named = || Some(fragment(&service.uri)?.trim_end_matches("_Service").to_owned());
        match service.operation.clone().or_else(named) {
            Some(operation) => Ok(Binding { wsdl: beside(file, wsdl), operation }),
            None => Err("it is not known which operation of the WSDL this is; say it by `operation=\"…\"`".to_owned()),
        }
    }
}

/// Lines of URI, WSDL and operation, apart by white space; those that begin with `#` and empty ones say nothing.
fn read(text: &str, path: &Path) -> Result<BTreeMap<String, Binding>, String> {
    let mut bindings = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let [uri, wsdl, operation] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(format!(
                "line {}: write the service's URI, its WSDL and its operation, apart by blanks",
                at + 1
            ));
        };
        let binding = Binding { wsdl: beside(path, wsdl), operation: operation.to_owned() };
        if bindings.insert(uri.to_owned(), binding).is_some() {
            return Err(format!("line {}: `{}` was there before", at + 1, cut(uri)));
        }
    }
    Ok(bindings)
}

/// `location` as `file` means it: a URL, or a file beside it.
fn beside(file: &Path, location: &str) -> String {
    match file.parent() {
        Some(folder) if !location.contains("://") => folder.join(location).to_string_lossy().into_owned(),
        _ => location.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(wsdl: &str, operation: &str) -> Binding {
        Binding { wsdl: wsdl.to_owned(), operation: operation.to_owned() }
    }

    fn service(uri: &str, wsdl: Option<&str>, operation: Option<&str>) -> Service {
        let at = crate::xml::Position { line: 1, column: 1 };
        let [wsdl, operation] = [wsdl, operation].map(|text| text.map(str::to_owned));
        Service { number: 1, uri: uri.to_owned(), wsdl, operation, inputs: Vec::new(), outputs: Vec::new(), at }
    }

    #[test]
    fn a_pair_is_taken_apart() {
        let pair: Pair = "http://o.owl#a_Service=http://h/S?wsdl=1#go".parse().expect("all parts are there");
        let expected = binding("http://h/S?wsdl=1", "go");
        assert_eq!(pair, Pair { uri: "http://o.owl#a_Service".to_owned(), binding: expected });
        for text in ["", "a", "a=b", "=b#c", "a=#c", "a=b#"] {
            assert!(text.parse::<Pair>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_has_a_line_for_each_service() {
        let path = Path::new("folder/services.txt");
        let bindings = read("# comment\n\nu:a#s  http://h/?wsdl go\n  u:b w/b.wsdl run\n", path).expect("it is right");
        assert_eq!(bindings["u:a#s"], binding("http://h/?wsdl", "go"));
        assert_eq!(bindings["u:b"], binding("folder/w/b.wsdl", "run"));
        assert!(read("a b", path).is_err_and(|error| error.starts_with("line 1: write the service's URI")));
        assert_eq!(read("a b c\na b d", path), Err("line 2: `a` was there before".to_owned()));
    }

    #[test]
    fn what_is_given_wins_over_what_the_workflow_says() {
        let file = Path::new("w/flow.xml");
        let own = service("u#go_Service", Some("a.wsdl"), None);
        assert_eq!(Bindings::default().of(&own, file), Ok(binding("w/a.wsdl", "go")));
        let given = Bindings::new(None, &["u#go_Service=b.wsdl#run".parse().expect("a pair")]).expect("no file");
        assert_eq!(given.of(&own, file), Ok(binding("b.wsdl", "run")));
        assert_eq!(given.of(&service("v", Some("a.wsdl"), Some("x")), file), Ok(binding("w/a.wsdl", "x")));
        for (uri, wsdl, expected) in
            [("v", None, "it is not known where the service `v` is"), ("v", Some("a"), "which operation")]
        {
            assert!(given.of(&service(uri, wsdl, None), file).is_err_and(|error| error.contains(expected)));
        }
    }
}
