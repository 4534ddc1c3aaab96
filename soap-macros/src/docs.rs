//! Doc comments as text, for the WSDL and the documentation page.

use syn::{Attribute, Expr, Lit, Meta};

/// The text of the doc comments among `attributes`: lines as they were broken, without the space
/// that follows `///`, and a blank line between paragraphs.
pub(crate) fn text(attributes: &[Attribute]) -> String {
    let comments: Vec<String> = attributes.iter().filter_map(comment).collect();
    let lines: Vec<&str> = comments.iter().flat_map(|comment| lines(comment)).collect();
    lines.join("\n").trim().to_owned()
}

/// What one `#[doc = "…"]` holds.
fn comment(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(literal) if pair.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn lines(comment: &str) -> Vec<&str> {
    let is_block = comment.contains('\n');
    comment.split('\n').map(|line| own_part(line, is_block).trim_end()).collect()
}

/// The line without what belongs to the comment: one space, and in a block the column of stars.
fn own_part(line: &str, is_block: bool) -> &str {
    let line = match line.trim_start().strip_prefix('*') {
        Some(starred) if is_block => starred,
        _ => line,
    };
    line.strip_prefix(' ').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    #[test]
    fn comments_become_text() {
        let cases = [
            (quote!(), ""),
            (quote!(#[doc = " Adds two numbers."]), "Adds two numbers."),
            (quote!(#[doc = " One,"] #[doc = " two."]), "One,\ntwo."),
            (quote!(#[doc = " One."] #[doc = ""] #[doc = " Two.  "]), "One.\n\nTwo."),
            (quote!(#[doc = ""] #[doc = " Between blank lines."] #[doc = ""]), "Between blank lines."),
            (quote!(#[doc = " - a"] #[doc = "   indented"]), "- a\n  indented"),
            (quote!(#[doc = "\n * Stars.\n *\n * More.\n "]), "Stars.\n\nMore."),
            (quote!(#[doc = " * A list."] #[doc = " * Two."]), "* A list.\n* Two."),
            (quote!(#[doc(hidden)] #[inline] #[doc = " Text."]), "Text."),
        ];
        for (comments, expected) in cases {
            let attributes = Attribute::parse_outer.parse2(comments).expect("the cases are attributes");
            assert_eq!(text(&attributes), expected);
        }
    }
}
