//! What a status says: a page, or one of the platform's words; and what a page says for those who do not
//! look at it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A value of `status_base64`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Unchanged,
    Completed,
    Page(Page),
    /// It is none of these, and breaks the contract.
    Broken(String),
}

/// A page that the portal would show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
}

impl Status {
    pub(crate) fn of(text: &str) -> Self {
        match text.trim() {
            "UNCHANGED" => Self::Unchanged,
            "COMPLETED" => Self::Completed,
            text => {
                let base64: String = text.split_ascii_whitespace().collect();
                match STANDARD.decode(base64) {
                    Ok(bytes) => Self::Page(Page { bytes }),
                    Err(error) => Self::Broken(error.to_string()),
                }
            }
        }
    }
}

/// How much of a page is looked at, in bytes: what it says of itself stands at its start, and a service that sends
/// more must not keep the program from listening to Ctrl-C.
const LOOKED_AT: usize = 1 << 20;

impl Page {
    /// `page, 960 bytes: Waiter, 28%`.
    pub(crate) fn in_words(&self) -> String {
        let bytes = self.bytes.len();
        let unit = if bytes == 1 { "byte" } else { "bytes" };
        let percent = self.percent().map(|percent| format!("{percent}%"));
        let words: Vec<String> = self.title().into_iter().chain(percent).collect();
        let colon = if words.is_empty() { "" } else { ": " };
        format!("page, {bytes} {unit}{colon}{}", words.join(", "))
    }

    /// What stands in its `title`, else its first heading, else, for one that is text, its first line.
    pub(crate) fn title(&self) -> Option<String> {
        const MOST: usize = 60;
        let html = self.html();
        let inside = |name: &str| between(&html, &format!("<{name}"), &format!("</{name}"));
        let plain =
            || (!html.contains('<')).then(|| html.lines().map(str::trim).find(|line| !line.is_empty())).flatten();
        let found = inside("title").or_else(|| inside("h1")).or_else(|| inside("h2"));
        let title = text_of(found.or_else(plain)?);
        (!title.is_empty()).then(|| crate::app::middle_cut(&title, MOST))
    }

    /// How much is done, in whole percent: what a bar says, else what the text says.
    pub(crate) fn percent(&self) -> Option<u8> {
        let html = self.html();
        let bar = tags(&html).find_map(|tag| {
            let lower = tag.to_ascii_lowercase();
            let number = |name: &str| attribute(&lower, name)?.parse::<f64>().ok();
            let (value, from, to) = if lower.starts_with("progress") || lower.starts_with("meter") {
                (number("value")?, number("min").unwrap_or(0.0), number("max").unwrap_or(1.0))
            } else {
                (
                    number("aria-valuenow")?,
                    number("aria-valuemin").unwrap_or(0.0),
                    number("aria-valuemax").unwrap_or(100.0),
                )
            };
            (to > from).then(|| (value - from) / (to - from) * 100.0)
        });
        let percent = bar.or_else(|| percent_in(&text_of(&html)))?;
        (0.0..=100.0).contains(&percent).then_some(percent as u8)
    }

    fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(LOOKED_AT)]).into_owned()
    }
}

/// The number before the first `%`.
fn percent_in(text: &str) -> Option<f64> {
    text.match_indices('%').find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
        // What is cut off here may be a sign of several bytes.
        before.get(start..)?.parse().ok()
    })
}

/// What stands between the end of a start tag and an end tag.
fn between<'h>(html: &'h str, open: &str, close: &str) -> Option<&'h str> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find(open)?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find(close)?;
    Some(&html[start..end])
}

/// The inside of each start tag.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split('>').next())
}

/// The value of an attribute in the inside of a start tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    Some(match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
        _ => rest.split_ascii_whitespace().next()?,
    })
}

/// The text of a piece of HTML, in one line: no tags, no scripts, the common entities as what they are.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let lower = html.to_ascii_lowercase();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        rest = &rest[at..];
        let is = |name: &str| rest[1..].get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let end = ["script", "style", "!--"].into_iter().find(|name| is(name)).map(|name| match name {
            "!--" => "-->".to_owned(),
            name => format!("</{name}"),
        });
        let after = end.map_or(Some(0), |end| lower[html.len() - rest.len()..].find(&end));
        // What never ends goes on to the end of the page, as in browsers.
        let Some(after) = after else {
            rest = "";
            break;
        };
        rest = rest[after..].find('>').map_or("", |end| &rest[after + end + 1..]);
    }
    text.push_str(rest);
    let decoded = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    let text = decoded.into_iter().fold(text, |text, (entity, c)| text.replace(entity, c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        Page { bytes: html.as_bytes().to_vec() }
    }

    #[test]
    fn a_status_is_a_word_or_a_page() {
        assert_eq!(Status::of(" UNCHANGED\n"), Status::Unchanged);
        assert_eq!(Status::of("COMPLETED"), Status::Completed);
        assert_eq!(Status::of("aGVs\n bG8="), Status::Page(page("hello")));
        assert!(matches!(Status::of("unchanged!"), Status::Broken(_)));
    }

    #[test]
    fn a_page_says_how_far_it_is() {
        for (html, percent) in [
            ("<div role='progressbar' aria-valuenow=\"28\" aria-valuemax='100'></div>", Some(28)),
            ("<b aria-valuenow=5 aria-valuemin=0 aria-valuemax=20>x</b>", Some(25)),
            ("<progress max=\"4\" value=\"3\"></progress>", Some(75)),
            ("<style>p{width:50%}</style><div style='width:70%'></div><p>28.0 % done</p>", Some(28)),
            ("<script>var a = '99%';</script>12%", Some(12)),
            ("no number: %", None),
            ("größe%", None),
            ("140%", None),
            ("", None),
            ("<", None),
        ] {
            assert_eq!(page(html).percent(), percent, "{html}");
        }
    }

    #[test]
    fn a_hostile_page_takes_no_time() {
        // Looking for the end of each of them again and again would take hours.
        for start in ["<script", "<script>", "<style>", "<!--", "<title", "<", "%", "1%", "&amp;"] {
            let page = page(&start.repeat((8 << 20) / start.len()));
            assert!(page.percent().is_none_or(|percent| percent == 1), "{start}");
            assert!(page.in_words().len() < 300, "{start}");
        }
        assert_eq!(page("50%<script>99%").percent(), Some(50));
        assert_eq!(page("<script>99%").percent(), None);
        assert_eq!(page(&format!("{}99%", " ".repeat(LOOKED_AT))).percent(), None);
    }

    #[test]
    fn a_page_has_a_title() {
        for (html, words) in [
            ("<html><head><TITLE>A &amp; B</TITLE></head>50%", "page, 46 bytes: A & B, 50%"),
            ("<h1>Big <b>words</b></h1>", "page, 25 bytes: Big words"),
            ("\nplain\ntext", "page, 11 bytes: plain"),
            ("<p>x", "page, 4 bytes"),
        ] {
            assert_eq!(page(html).in_words(), words);
        }
    }
}
