//! Names on the wire: how they are made from Rust's, and what XML allows as one.

use proc_macro2::Span;
use quote::{ToTokens, TokenStreamExt};
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use crate::errors::Errors;

/// A name on the wire, and the token that gives it.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl From<&LitStr> for Name {
    fn from(literal: &LitStr) -> Self {
        Self { text: literal.value(), span: literal.span() }
    }
}

/// As it is written.
impl From<&Ident> for Name {
    fn from(ident: &Ident) -> Self {
        Self { text: ident.unraw().to_string(), span: ident.span() }
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        // Not at the name's own span: an error in the expansion is no error in the name.
        tokens.append(proc_macro2::Literal::string(&self.text));
    }
}

/// How the names of methods and parameters go out.
#[derive(Clone, Copy, Default)]
pub(crate) enum Case {
    /// The platform's: lowerCamelCase, a word `id` after the first as `ID`.
    #[default]
    Platform,
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    /// Serde's words for them.
    const WORDS: [(&str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    pub(crate) fn parse(literal: &LitStr, errors: &mut Errors) -> Option<Self> {
        let word = literal.value();
        let found = Self::WORDS.iter().find(|(known, _)| *known == word).map(|&(_, case)| case);
        if found.is_none() {
            let known = crate::keys::listed(Self::WORDS.map(|(word, _)| word));
            errors.at(literal, format!("unknown case `{word}`; `rename_all` accepts {known}"));
        }
        found
    }

    pub(crate) fn name(self, ident: &Ident) -> Name {
        Name { text: self.apply(&ident.unraw().to_string()), span: ident.span() }
    }

    /// The name of a variant, whose words begin with capitals.
    pub(crate) fn name_of_variant(self, ident: &Ident) -> Name {
        let mut snake = String::new();
        for c in ident.unraw().to_string().chars() {
            if c.is_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.extend(c.to_lowercase());
        }
        Name { text: self.apply(&snake), span: ident.span() }
    }

    /// Underscores around a name only speak to the compiler: `_session_token`, `type_`.
    fn apply(self, snake: &str) -> String {
        let words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
        let later = |rule: fn(&str) -> String| -> String {
            words.iter().enumerate().map(|(at, word)| if at == 0 { (*word).to_owned() } else { rule(word) }).collect()
        };
        match self {
            Self::Platform => later(capitalized_or_id),
            Self::Camel => later(capitalized),
            Self::Pascal => words.iter().map(|word| capitalized(word)).collect(),
            Self::Lower => words.concat().to_lowercase(),
            Self::Upper => words.concat().to_uppercase(),
            Self::Snake => words.join("_"),
            Self::ScreamingSnake => words.join("_").to_uppercase(),
            Self::Kebab => words.join("-"),
            Self::ScreamingKebab => words.join("-").to_uppercase(),
        }
    }
}

fn capitalized_or_id(word: &str) -> String {
    if word == "id" { "ID".to_owned() } else { capitalized(word) }
}

fn capitalized(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest.as_str().chars()).collect()
}

/// The name of the Rust method for an operation: `startWaiter` → `start_waiter`.
pub(crate) fn method_name(operation: &str, span: Span) -> Ident {
    let snake = snake_case(operation);
    let is_word = syn::parse_str::<Ident>(&snake).is_err();
    match syn::parse_str::<Ident>(&format!("r#{snake}")) {
        _ if !is_word => Ident::new(&snake, span),
        Ok(_) => Ident::new_raw(&snake, span),
        // There are words that cannot even be raw: `self`.
        Err(_) => Ident::new(&format!("{snake}_"), span),
    }
}

fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let mut snake = String::new();
    for (at, &c) in letters.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|at| letters[at]), letters.get(at + 1));
        let begins = before.is_some_and(|before| {
            let goes_on = before.is_uppercase() && !after.is_some_and(|after| after.is_lowercase());
            before != '_' && !goes_on
        });
        if c.is_uppercase() && begins {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// `NCName` of Namespaces in XML 1.0 §3: a name without a colon.
pub(crate) fn is_ncname(name: &str) -> bool {
    name.starts_with(starts_a_name) && name.chars().all(|c| starts_a_name(c) || continues_a_name(c))
}

/// `NameStartChar` of XML 1.0 §2.3 without the colon.
fn starts_a_name(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// What `NameChar` of XML 1.0 §2.3 adds to it.
fn continues_a_name(c: char) -> bool {
    matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Refuses what cannot be the name of an element.
pub(crate) fn refuse_no_xml_name(name: &Name, errors: &mut Errors) {
    if !is_ncname(&name.text) {
        let message = "is no XML name: a letter or `_` first, then letters, digits, `-`, `.` and `_`";
        errors.at_name(name, format!("`{}` {message}", name.text));
    }
}

/// Refuses a name that one before it has; `what` are those that the names belong to.
pub(crate) fn refuse_repeated<'a>(names: impl IntoIterator<Item = &'a Name>, what: &str, errors: &mut Errors) {
    let mut seen = std::collections::HashSet::new();
    for name in names.into_iter().filter(|name| !seen.insert(&name.text)) {
        errors.at_name(name, format!("two {what} are called `{}`; rename one of them", name.text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_out_as_the_platform_writes_them() {
        let cases = [
            ("add", "add"),
            ("start_waiter", "startWaiter"),
            ("service_id", "serviceID"),
            ("id", "id"),
            ("id_of_file", "idOfFile"),
            ("file_id_list", "fileIDList"),
            ("valid", "valid"),
            ("mesh_ids", "meshIds"),
            ("_session_token", "sessionToken"),
            ("type_", "type"),
            ("a__b", "aB"),
            ("part_2", "part2"),
            ("über_maß", "überMaß"),
            ("getURL", "getURL"),
        ];
        for (rust, wire) in cases {
            assert_eq!(Case::Platform.apply(rust), wire, "{rust}");
        }
    }

    #[test]
    fn raw_identifiers_lose_their_mark() {
        let ident = Ident::new_raw("type", Span::call_site());
        assert_eq!(Case::Platform.name(&ident).text, "type");
        assert_eq!(Name::from(&ident).text, "type");
    }

    #[test]
    fn methods_are_called_like_their_operations() {
        let cases = [
            ("startWaiter", "start_waiter"),
            ("getServiceStatus", "get_service_status"),
            ("getFileIDList", "get_file_id_list"),
            ("XMLParse", "xml_parse"),
            ("mesh", "mesh"),
            ("start_mesher", "start_mesher"),
            ("part2Of3", "part2_of3"),
            ("start-mesher.v2", "start_mesher_v2"),
            ("Über", "über"),
            ("loop", "r#loop"),
            ("self", "self_"),
        ];
        for (operation, method) in cases {
            assert_eq!(method_name(operation, Span::call_site()).to_string(), method, "{operation}");
        }
    }

    #[test]
    fn rename_all_means_what_it_means_in_serde() {
        let cases = ["serviceid", "SERVICEID", "ServiceId", "serviceId", "service_id", "SERVICE_ID", "service-id"];
        for ((word, case), expected) in Case::WORDS.into_iter().zip(cases.into_iter().chain(["SERVICE-ID"])) {
            assert_eq!(case.apply("service_id"), expected, "{word}");
        }
    }

    #[test]
    fn names_of_variants_are_taken_apart_at_their_capitals() {
        let ident = Ident::new("DarkBlueÄ2", Span::call_site());
        let named = |case: Case| case.name_of_variant(&ident).text;
        assert_eq!(named(Case::Kebab), "dark-blue-ä2");
        assert_eq!(named(Case::Camel), "darkBlueÄ2");
        assert_eq!(named(Case::ScreamingSnake), "DARK_BLUE_Ä2");
        assert_eq!(named(Case::Pascal), "DarkBlueÄ2");
        assert_eq!(named(Case::Lower), "darkblueä2");
    }

    #[test]
    fn names_of_elements_are_what_xml_allows() {
        for good in ["a", "_", "status_base64", "a-b.c", "größe", "名前"] {
            assert!(is_ncname(good), "{good}");
        }
        for bad in ["", "1a", "-a", "a b", "tns:a", "a&b", "×"] {
            assert!(!is_ncname(bad), "{bad}");
        }
    }
}
