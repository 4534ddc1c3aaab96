//! The text format of OpenMetrics 1.0, read as strictly as its standard asks: what a scraper may refuse
//! is an error here.

use std::collections::{BTreeMap, BTreeSet};

/// The samples by what stands before their values, labels in order: `soap_jobs{state="queued"}`.
#[derive(Debug)]
pub(super) struct Metrics {
    samples: BTreeMap<String, f64>,
    /// Bounds and counts of each histogram, by the sample that counts all of it.
    buckets: BTreeMap<String, Vec<(f64, f64)>>,
    pub(super) types: BTreeMap<String, String>,
    pub(super) helps: BTreeMap<String, String>,
}

impl Metrics {
    /// Reads a whole exposition.
    #[track_caller]
    pub(super) fn read(text: &str) -> Self {
        let body = text.strip_suffix("# EOF\n").expect("it ends with `# EOF` and a line break");
        let (samples, buckets) = (BTreeMap::new(), BTreeMap::new());
        let mut read = Self { samples, buckets, types: BTreeMap::new(), helps: BTreeMap::new() };
        let mut family = String::new();
        for line in body.lines() {
            match line.strip_prefix("# ") {
                Some(about) => read.take_in_descriptor(about, &mut family),
                None => read.take_in_sample(line, &family),
            }
        }
        read.check_histograms();
        read
    }

    /// One of them; `None` if there is none.
    pub(super) fn find(&self, sample: &str) -> Option<f64> {
        self.samples.get(sample).copied()
    }

    /// One that has to be there.
    #[track_caller]
    pub(super) fn get(&self, sample: &str) -> f64 {
        self.find(sample).unwrap_or_else(|| panic!("no {sample} in {:#?}", self.samples))
    }

    /// All whose names begin like this, and whose values are not 0.
    pub(super) fn counted(&self, name: &str) -> Vec<(&str, f64)> {
        let found = self.samples.iter().filter(|(sample, value)| sample.starts_with(name) && **value != 0.0);
        found.map(|(sample, value)| (&**sample, *value)).collect()
    }

    fn take_in_descriptor(&mut self, about: &str, family: &mut String) {
        let mut words = about.splitn(3, ' ');
        let (kind, name, rest) = (words.next(), words.next().expect("a name"), words.next().expect("something on it"));
        match kind {
            Some("HELP") => {
                assert!(self.helps.insert(name.to_owned(), rest.to_owned()).is_none(), "{name} comes twice");
                *family = name.to_owned();
            }
            Some("TYPE") => {
                assert_eq!(family, name, "a type stands with its family");
                assert!(["counter", "gauge", "histogram", "info"].contains(&rest), "{about}");
                assert!(self.types.insert(name.to_owned(), rest.to_owned()).is_none(), "{about}");
            }
            Some("UNIT") => assert!(family == name && name.ends_with(&format!("_{rest}")), "{about}"),
            _ => panic!("a comment is none of the format: {about}"),
        }
    }

    fn take_in_sample(&mut self, line: &str, family: &str) {
        let (sample, value) = line.rsplit_once(' ').expect("a name and a value");
        let (name, labels) = match sample.split_once('{') {
            Some((name, labels)) => (name, labels.strip_suffix('}').expect("a closing brace")),
            None => (sample, ""),
        };
        let suffix = name.strip_prefix(family).unwrap_or_else(|| panic!("{name} stands in {family}"));
        let allowed: &[&str] = match &*self.types[family] {
            "counter" => &["_total"],
            "histogram" => &["_bucket", "_sum", "_count"],
            "info" => &["_info"],
            _ => &[""],
        };
        assert!(allowed.contains(&suffix), "{line}");
        let mut labels = read_labels(labels);
        let names: BTreeSet<_> = labels.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), labels.len(), "a label comes twice: {line}");
        let value: f64 = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        assert!(value.is_finite() && value >= 0.0, "{line}");
        assert!(self.samples.insert(series(name, &labels), value).is_none(), "it comes twice: {line}");
        if suffix == "_bucket" {
            let bound = labels.iter().position(|(name, _)| name == "le").expect("a bucket has a bound");
            let bound = labels.remove(bound).1.replace("+Inf", "inf").parse().expect("it is a number");
            self.buckets.entry(series(&format!("{family}_count"), &labels)).or_default().push((bound, value));
        }
    }

    /// That each bucket holds those before it, and the last all of them.
    fn check_histograms(&self) {
        for (count, buckets) in &self.buckets {
            assert!(buckets.is_sorted_by(|one, other| one.0 < other.0 && one.1 <= other.1), "{count}: {buckets:?}");
            let (bound, all) = buckets[buckets.len() - 1];
            assert!(bound.is_infinite() && self.get(count) == all, "{count}");
            assert!(self.find(&count.replacen("_count", "_sum", 1)).is_some(), "{count} has a sum");
        }
    }
}

fn series(name: &str, labels: &[(String, String)]) -> String {
    let written: Vec<_> = labels.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    if written.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", written.join(",")) }
}

fn read_labels(mut text: &str) -> Vec<(String, String)> {
    let mut labels = Vec::new();
    while !text.is_empty() {
        let (name, rest) = text.split_once("=\"").expect("a value in quotes");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        let (end, _) =
            rest.char_indices().find(|(at, char)| *char == '"' && !rest[..*at].ends_with('\\')).expect("it ends");
        labels.push((name.to_owned(), rest[..end].to_owned()));
        text = rest[end + 1..].strip_prefix(',').unwrap_or(&rest[end + 1..]);
    }
    labels
}
