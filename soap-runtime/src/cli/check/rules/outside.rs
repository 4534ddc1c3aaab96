//! What a page would fetch from elsewhere.

/// The first place from which something would be fetched to show the page; links are none.
pub(super) fn outside(page: &str) -> Option<String> {
    const BEFORE: [&str; 9] =
        ["src=\"", "src='", "src=", "srcset=\"", "url(", "url(\"", "url('", "@import \"", "@import '"];
    let lower = page.to_ascii_lowercase();
    let links = lower.match_indices("<link").filter_map(|(at, _)| {
        let tag = &lower[at..at + lower[at..].find('>')?];
        Some(at + tag.find("href=")? + "href=".len())
    });
    let others = BEFORE.iter().flat_map(|before| lower.match_indices(before).map(move |(at, _)| at + before.len()));
    let places = links.chain(others).map(|at| address_at(&page[at..]));
    places.filter(|address| is_outside(address)).map(str::to_owned).next()
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

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(outside(page).as_deref(), expected, "{page}");
        }
    }
}
