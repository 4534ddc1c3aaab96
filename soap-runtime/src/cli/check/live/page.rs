//! What stands in `status_base64`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What one answer says of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Status {
    Completed,
    Unchanged,
    /// A page, or what is wrong with its base64.
    Page(Result<Page, String>),
}

/// A page as its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Page(pub(in super::super) Vec<u8>);

impl Status {
    pub(in super::super) fn of(text: &str) -> Self {
        match text.trim() {
            "COMPLETED" => Self::Completed,
            "UNCHANGED" => Self::Unchanged,
            _ => Self::Page(decode(text)),
        }
    }
}

/// White space is passed over here: a finding of its own says that it is there.
fn decode(text: &str) -> Result<Page, String> {
    let dense: String = text.split_ascii_whitespace().collect();
    if dense.is_empty() {
        return Err("it is empty".to_owned());
    }
    if let Some(strange) = dense.chars().find(|c| !matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' | '=')) {
        return Err(format!("`{}` is no character of base64", strange.escape_default()));
    }
    if dense.len() % 4 != 0 {
        return Err(format!("it has {} characters, which is no multiple of 4: the padding is missing", dense.len()));
    }
    STANDARD.decode(&dense).map(Page).map_err(|error| error.to_string().to_lowercase())
}

impl Page {
    pub(in super::super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// How far the execution is, from 0 to 100, if the page says so: a progress bar in HTML, or the first
    /// number before a percent sign.
    pub(in super::super) fn percent(&self) -> Option<f64> {
        let page = self.text()?;
        let bar = page.split_once("aria-valuenow=\"").and_then(|(_, rest)| rest.split('"').next()?.trim().parse().ok());
        bar.or_else(|| percent_in(&visible(page))).filter(|percent| (0.0..=100.0).contains(percent))
    }

    /// What it would fetch from elsewhere: the first such place.
    pub(in super::super) fn outside(&self) -> Option<String> {
        const BEFORE: [&str; 9] =
            ["src=\"", "src='", "src=", "srcset=\"", "url(", "url(\"", "url('", "@import \"", "@import '"];
        let page = self.text()?;
        let lower = page.to_ascii_lowercase();
        let links = lower.match_indices("<link").filter_map(|(at, _)| {
            let tag = &lower[at..at + lower[at..].find('>')?];
            Some(at + tag.find("href=")? + "href=".len())
        });
        let others = BEFORE.iter().flat_map(|before| lower.match_indices(before).map(move |(at, _)| at + before.len()));
        let places = links.chain(others).map(|at| address_at(&page[at..]));
        places.filter(|address| is_outside(address)).map(str::to_owned).next()
    }
}

fn address_at(rest: &str) -> &str {
    let rest = rest.trim_start_matches(['"', '\'']);
    &rest[..rest.find(['"', '\'', ')', '>', ' ', '\n']).unwrap_or(rest.len())]
}

/// Pictures that are inlined, and places in the page itself, are inside.
fn is_outside(address: &str) -> bool {
    let inside = address.is_empty() || address.starts_with("data:") || address.starts_with('#');
    !inside && (address.contains('/') || address.contains('.'))
}

fn percent_in(text: &str) -> Option<f64> {
    text.match_indices('%').find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
        before.get(start..)?.parse().ok()
    })
}

/// A page without tags, styles and scripts.
fn visible(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let is = |name: &str| rest.get(1..=name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        let end = match ["style", "script"].into_iter().find(|name| is(name)) {
            Some(name) => rest.to_ascii_lowercase().find(&format!("</{name}")).map(|at| at + 1),
            None => Some(1),
        };
        let Some(tag_end) = end.and_then(|from| Some(from + rest[from..].find('>')?)) else { return text };
        text.push(' ');
        rest = &rest[tag_end + 1..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_words_and_from_what_is_no_base64() {
        let page = |text: &str| Status::Page(Ok(Page(text.into())));
        for (text, expected) in [
            ("COMPLETED", Status::Completed),
            (" UNCHANGED\n", Status::Unchanged),
            ("aGk=", page("hi")),
            ("aG\nk=", page("hi")),
        ] {
            assert_eq!(Status::of(text), expected, "{text:?}");
        }
        for (text, problem) in [
            ("", "it is empty"),
            ("aGk", "the padding is missing"),
            ("a_k=", "`_` is no character of base64"),
            ("=aGk", "invalid"),
        ] {
            let Status::Page(Err(why)) = Status::of(text) else { panic!("{text:?} is taken") };
            assert!(why.contains(problem), "{text:?}: {why}");
        }
    }

    #[test]
    fn the_progress_is_found_in_what_is_shown() {
        for (page, expected) in [
            ("28% done", Some(28.0)),
            ("<style>a { width: 30% }</style><p>12.5 %</p>", Some(12.5)),
            ("<div aria-valuenow=\"7\">9%</div>", Some(7.0)),
            ("<p style=\"width:50%\">working", None),
            ("500 %", None),
            ("%", None),
            ("<style>10%", None),
        ] {
            assert_eq!(Page(page.into()).percent(), expected, "{page}");
        }
    }

    #[test]
    fn what_is_fetched_from_elsewhere_is_found() {
        for (page, expected) in [
            ("<img src=\"http://a.example/b.png\">", Some("http://a.example/b.png")),
            ("<IMG SRC='/b.png'>", Some("/b.png")),
            ("<link rel=stylesheet href=style.css>", Some("style.css")),
            ("body { background: url(//a.example/b) }", Some("//a.example/b")),
            ("<img src=\"data:image/png;base64,aa//\">", None),
            ("<a href=\"http://a.example/\">more</a>", None),
            ("<use href=\"#a\"/> src=none", None),
            ("50% done, see http://a.example/", None),
        ] {
            assert_eq!(Page(page.into()).outside().as_deref(), expected, "{page}");
        }
    }
}
