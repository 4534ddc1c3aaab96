//! What services say of themselves while they run: `status_base64`, and the pages in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::xml::cut;

/// The output `status_base64`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Completed,
    Unchanged,
    /// Text or HTML; what is not UTF-8 in it is replaced.
    Page(String),
}

impl Status {
    /// # Errors
    /// That it is none, in words that go on from its name.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "COMPLETED" => Ok(Self::Completed),
            "UNCHANGED" => Ok(Self::Unchanged),
            page => {
                let digits: String = page.split_ascii_whitespace().collect();
                let bytes = STANDARD.decode(digits).map_err(|error| {
                    format!("is no page in base64, nor COMPLETED or UNCHANGED: {error}: `{}`", cut(page))
                })?;
                Ok(Self::Page(String::from_utf8_lossy(&bytes).into_owned()))
            }
        }
    }
}

/// How far a service is, 0 to 100, as its page says: in the attribute of a progress bar, else as the first
/// number before a `%` of its text.
pub(crate) fn percent(page: &str) -> Option<f64> {
    let of_bar = page.split("aria-valuenow=").nth(1).and_then(|rest| number(rest.trim_start_matches(['"', '\''])));
    let found = of_bar.or_else(|| {
        let text = text(page);
        text.match_indices('%').find_map(|(at, _)| number_before(&text[..at]))
    });
    found.filter(|percent| (0.0..=100.0).contains(percent))
}

fn number(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    text[..end].parse().ok()
}

fn number_before(text: &str) -> Option<f64> {
    let text = text.trim_end();
    let start = text.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    text[start..].parse().ok()
}

/// What a page says without its tags, its styles and its scripts, in one line.
pub(crate) fn text(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let hidden = ["style", "script", "head"].into_iter().find(|name| begins(tag, name));
        rest = match hidden.and_then(|name| tag.split_once(&format!("</{name}"))) {
            Some((_, after)) => after.split_once('>').map_or("", |(_, after)| after),
            None => tag.split_once('>').map_or("", |(_, after)| after),
        };
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn begins(tag: &str, name: &str) -> bool {
    let after = tag.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name)).map(|_| &tag[name.len()..]);
    after.is_some_and(|after| after.starts_with(['>', ' ', '\n', '\t', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_one_of_two_words_or_a_page() {
        assert_eq!(Status::parse(" COMPLETED\n"), Ok(Status::Completed));
        assert_eq!(Status::parse("UNCHANGED"), Ok(Status::Unchanged));
        assert_eq!(Status::parse("aGFs\n Zg=="), Ok(Status::Page("half".to_owned())));
        let said = Status::parse("aGFsZg").expect_err("it lacks its padding");
        assert!(said.starts_with("is no page in base64, nor COMPLETED or UNCHANGED: "), "{said}");
    }

    #[test]
    fn a_page_says_how_far_it_is() {
        for (page, expected) in [
            ("<div role='progressbar' aria-valuenow=\"26\"></div> 90 %", Some(26.0)),
            ("<p>12.5 %</p>", Some(12.5)),
            ("<style>div { width: 80% }</style><p>Done: 7%, then 8%</p>", Some(7.0)),
            ("<div style='width:80%'>é9%</div>", Some(9.0)),
            ("100", None),
            ("over 9000%", None),
            ("%", None),
            ("", None),
            ("<p", None),
        ] {
            assert_eq!(percent(page), expected, "{page}");
        }
    }

    #[test]
    fn a_page_is_text_without_its_tags() {
        let page = "<html><head><title>no</title></head>\n<header>Wait&amp;see</header>\n<script>1</script> a<br/>b";
        assert_eq!(text(page), "Wait&amp;see a b");
    }
}
