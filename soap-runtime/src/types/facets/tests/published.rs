use super::super::super::{Part, Schema, WRONG};
use super::*;

fn published<T: Restrict>(rule: Rule<T>) -> Vec<(&'static str, String)> {
    facets::<T>(rule).published()
}

#[test]
fn the_schema_has_them_in_lexical_forms() {
    let pairs = |facets: &[(&'static str, &str)]| {
        facets.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        published::<f64>(|f| f.min(0.1).below(f64::INFINITY).pattern("[^x]+")),
        pairs(&[("minInclusive", "0.1"), ("maxExclusive", "INF"), ("pattern", "[^x]+")])
    );
    assert_eq!(
        published::<Option<String>>(|f| f.max_length(20).pattern("[a-z]+").min_length(2)),
        pairs(&[("maxLength", "20"), ("minLength", "2"), ("pattern", "[a-z]+")])
    );
    assert_eq!(published::<u8>(|f| f.total_digits(2)), pairs(&[("totalDigits", "2")]));
    assert_eq!(published::<Vec<u8>>(|f| f.length(2)), pairs(&[("length", "2")]));
    assert_eq!(published::<jiff::civil::Date>(|f| f.above(date(2024, 1, 1))), pairs(&[("minExclusive", "2024-01-01")]));
}

#[test]
fn what_cannot_be_kept_is_found_and_no_text_breaks_it() {
    fn wrong<T: Restrict>(rule: Rule<T>) -> String {
        let facets = facets::<T>(rule);
        let _ = facets.check("1");
        let found = facets.published().into_iter().find(|(name, _)| *name == WRONG);
        found.unwrap_or_else(|| panic!("{facets:?} is fine")).1
    }
    assert_eq!(wrong::<u32>(|f| f.min(2).max(1)), "the facets `minInclusive` 2 and `maxInclusive` 1 leave no value");
    assert_eq!(wrong::<u32>(|f| f.min(1).below(1)), "the facets `minInclusive` 1 and `maxExclusive` 1 leave no value");
    assert_eq!(wrong::<u32>(|f| f.min(1).above(1)), "the facets `minInclusive` and `minExclusive` exclude each other");
    assert_eq!(wrong::<u32>(|f| f.min(1).min(2)), "the facet `minInclusive` is there twice");
    assert_eq!(wrong::<f64>(|f| f.max(f64::NAN)), "`NaN` bounds nothing");
    assert_eq!(wrong::<jiff::civil::Date>(|f| f.max(date(0, 1, 1))), "`0000-01-01` bounds nothing");
    assert_eq!(wrong::<u32>(|f| f.total_digits(0)), "the facet `totalDigits` is 0, and every number has a digit");
    assert_eq!(
        wrong::<String>(|f| f.min_length(2).max_length(1)),
        "the facet `minLength` is 2, and `maxLength` only 1"
    );
    assert_eq!(
        wrong::<String>(|f| f.length(2).max_length(3)),
        "the facets `length` and `maxLength` exclude each other"
    );
    let wrong = wrong::<String>(|f| f.pattern("[a-z"));
    assert_eq!(wrong, "the pattern `[a-z` is wrong: `[` is never closed, before character 5");
    assert_eq!(published::<u32>(|f| f.min(1).max(1)).len(), 2);
}

static SMALL: LazyLock<Facets> = LazyLock::new(|| Facets::of::<u32>(|f| f.max(10)));
static SHORT: LazyLock<Facets> = LazyLock::new(|| Facets::of::<Vec<String>>(|f| f.max_length(3)));
static BROKEN: LazyLock<Facets> = LazyLock::new(|| Facets::of::<String>(|f| f.pattern("(")));

#[test]
fn a_default_that_breaks_a_rule_is_found() {
    let problem = |part: Part| match part.schema {
        Schema::Restricted(_, facets) => {
            facets.into_iter().find(|(name, _)| *name == WRONG).map(|(_, problem)| problem)
        }
        _ => None,
    };
    let words = Some("its default is 11, and may be at most 10".to_owned());
    assert_eq!(problem(Part::of::<u32>("n", "").restricted(&SMALL).with_default(&11_u32)), words);
    assert_eq!(problem(Part::of::<u32>("n", "").with_default(&11_u32).restricted(&SMALL)), words);
    assert_eq!(problem(Part::of::<u32>("n", "").with_default(&10_u32).restricted(&SMALL)), None);
    let items = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>();
    let part = |default: &[&str]| Part::of::<Vec<String>>("n", "").restricted(&SHORT).with_default(&items(default));
    assert_eq!(
        problem(part(&["abc", "abcd"])),
        Some("its default `abcd` has 4, and may have at most 3 characters".to_owned())
    );
    assert_eq!(problem(part(&["abc", ""])), None);
}

#[test]
fn a_service_with_facets_that_cannot_be_is_not_published() {
    let mut service = crate::wsdl::samples::mesher(crate::describe::Naming::Standard);
    service.operations[0].input.push(Part::of::<u32>("n", "").restricted(&SMALL));
    assert_eq!(service.check(), Ok(()));
    service.operations[0].input.push(Part::of::<String>("code", "").restricted(&BROKEN));
    assert_eq!(
        service.check().expect_err("the pattern is wrong").to_string(),
        "service `MesherService`: `code` of `convertMesh` is restricted by what cannot be: the pattern `(` is wrong: \
         `(` is never closed, before character 2"
    );
}
