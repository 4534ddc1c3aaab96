mod patterns;
mod published;

use jiff::civil::{date, time};
use jiff::{Span, ToSpan, tz};

use super::super::testing::{read_restricted, round_trip};
use super::super::{HexBinary, Nillable, SessionToken, SoapType, WithOffset};
use super::*;
use crate::xml::Writer;

type Rule<T> = fn(FacetsOf<<T as Restrict>::Value>) -> FacetsOf<<T as Restrict>::Value>;

/// They live as long as those in expansions.
fn facets<T: Restrict>(rule: Rule<T>) -> &'static Facets {
    Box::leak(Box::new(Facets::of::<T>(rule)))
}

/// That of these texts the first are read, and that the others break the rule with these words.
fn assert_keeps<T: Restrict + std::fmt::Debug>(rule: Rule<T>, good: &[&str], bad: &[(&str, &str)]) {
    let facets = facets::<T>(rule);
    for text in good {
        let value = read_restricted::<T>(&format!("<v>{text}</v>"), facets).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(write::<T>(&value, facets).map(|_| ()), Ok(()), "{text}");
    }
    for (text, words) in bad {
        let error = read_restricted::<T>(&format!("<v>{text}</v>"), facets).expect_err(text);
        let place = error.find(" (line 1, column").expect("it says where");
        assert_eq!(error[..place].split_once(": ").expect("it says who").1, *words, "{text}");
        // The same words about a value that is going out.
        let value = read_unrestricted::<T>(text);
        let shown = write::<T>(&value, facets).expect_err(text);
        assert!(shown.starts_with("`v`: "), "{shown}");
    }
}

fn read_unrestricted<T: SoapType>(text: &str) -> T {
    super::super::testing::read_elements(&format!("<v>{text}</v>")).unwrap_or_else(|error| panic!("{error}"))
}

fn write<T: SoapType>(value: &T, facets: &'static Facets) -> Result<String, String> {
    let mut writer = Writer::with_capacity(0);
    writer.restricted(facets, |writer| value.write_as("v", writer));
    writer.finish().map_err(|error| error.to_string())
}

#[test]
fn bounds_hold_by_value() {
    assert_keeps::<u32>(
        |f| f.min(1).max(100),
        &["1", "+100", "007"],
        &[
            ("0", "is 0, and must be at least 1"),
            ("101", "is 101, and may be at most 100"),
            ("-0", "is -0, and must be at least 1"),
        ],
    );
    assert_keeps::<f64>(
        |f| f.above(0.0).below(1e3),
        &["1E-300", "999.999"],
        &[
            ("0", "is 0, and must be above 0.0"),
            ("1000", "is 1000, and must be below 1000.0"),
            ("NaN", "is NaN, and must be above 0.0"),
            ("-INF", "is -INF, and must be above 0.0"),
            ("INF", "is INF, and must be below 1000.0"),
        ],
    );
    assert_keeps::<i128>(
        |f| f.min(i128::MIN + 1),
        &["0"],
        &[(
            "-170141183460469231731687303715884105728",
            "is -170141183460469231731687303715884105728, and must be at least -170141183460469231731687303715884105727",
        )],
    );
}

#[test]
fn moments_and_durations_have_an_order() {
    assert_keeps::<jiff::civil::Date>(
        |f| f.min(date(2024, 2, 29)),
        &["2024-02-29", "9999-12-31"],
        &[
            ("2024-02-28", "is 2024-02-28, and must be at least 2024-02-29"),
            ("-0044-03-15", "is -0044-03-15, and must be at least 2024-02-29"),
        ],
    );
    assert_keeps::<WithOffset<jiff::civil::DateTime>>(
        |f| f.below(WithOffset::new(date(2024, 1, 1).at(12, 0, 0, 0), tz::offset(1)).expect("it is an offset")),
        &["2024-01-01T10:59:59Z", "2024-01-01T13:59:59+03:00", "2023-12-31T20:59:59"],
        &[
            ("2024-01-01T11:00:00Z", "is 2024-01-01T11:00:00Z, and must be below 2024-01-01T12:00:00+01:00"),
            // Without a zone it may be before or after.
            ("2024-01-01T10:00:00", "is 2024-01-01T10:00:00, and must be below 2024-01-01T12:00:00+01:00"),
        ],
    );
    assert_keeps::<jiff::civil::Time>(
        |f| f.max(time(12, 0, 0, 0)),
        &["12:00:00", "24:00:00"],
        &[("12:00:00.001", "is 12:00:00.001, and may be at most 12:00:00")],
    );
    assert_keeps::<std::time::Duration>(
        |f| f.max(std::time::Duration::from_secs(90)),
        &["PT1M30S", "-PT0S"],
        &[("PT90.5S", "is PT90.5S, and may be at most PT1M30S")],
    );
    // A month may have 28 days, or 31.
    assert_keeps::<Span>(
        |f| f.min(1.month()),
        &["P1M", "P1Y", "P32D"],
        &[("P30D", "is P30D, and must be at least P1M"), ("P31D", "is P31D, and must be at least P1M")],
    );
}

#[test]
fn lengths_count_characters_and_bytes() {
    assert_keeps::<String>(
        |f| f.length(3),
        &["abc", "é😀ß", "&lt;&lt;&lt;", "   "],
        &[("ab", "`ab` has 2, and must have 3 characters"), ("", "is empty, and must have 3 characters")],
    );
    assert_keeps::<String>(
        |f| f.min_length(1).max_length(2),
        &["a", "ab"],
        &[
            ("abc", "`abc` has 3, and may have at most 2 characters"),
            ("", "is empty, and must have at least 1 character"),
        ],
    );
    assert_keeps::<Vec<u8>>(
        |f| f.min_length(1).max_length(3),
        &["AQ==", "AQI=", "A Q\nID"],
        &[
            ("AQIDBA==", "`AQIDBA==` has 4, and may have at most 3 bytes"),
            ("", "is empty, and must have at least 1 byte"),
        ],
    );
    assert_keeps::<bytes::Bytes>(|f| f.length(1), &["AQ=="], &[("AQI=", "`AQI=` has 2, and must have 1 byte")]);
    assert_keeps::<HexBinary>(
        |f| f.max_length(2),
        &["", "cafe", " CAFE "],
        &[("CAFE00", "`CAFE00` has 3, and may have at most 2 bytes")],
    );
    assert_keeps::<url::Url>(
        |f| f.max_length(6),
        &["urn:ab", " urn:ab\n"],
        &[("urn:abc", "`urn:abc` has 7, and may have at most 6 characters")],
    );
    let long = "x".repeat(1000);
    let error = facets::<String>(|f| f.max_length(2)).check(&long).expect_err("it is long");
    assert_eq!(error, format!("`{}…` has 1000, and may have at most 2 characters", "x".repeat(60)));
}

#[test]
fn digits_are_counted_by_value() {
    assert_keeps::<i32>(
        |f| f.total_digits(3),
        &["999", "-999", "+0000999", "0"],
        &[("-1000", "is -1000, and may have at most 3 digits")],
    );
    for (number, digits) in [
        ("0", (1, 0)),
        ("-0.0", (1, 0)),
        ("1.500", (2, 1)),
        ("007.5", (2, 1)),
        ("0.05", (2, 2)),
        ("100", (3, 0)),
        (".5", (1, 1)),
        ("5.", (1, 0)),
    ] {
        assert_eq!(measure::count_digits(number), digits, "{number}");
    }
}

#[cfg(feature = "decimal")]
#[test]
fn decimals_are_exact() {
    use rust_decimal::Decimal;

    assert_keeps::<Decimal>(
        |f| f.total_digits(4).fraction_digits(2),
        &["12.34", "1.500", "0012.34", "-99"],
        &[
            ("1.234", "is 1.234, and may have at most 2 digits behind the point"),
            ("123.45", "is 123.45, and may have at most 4 digits"),
        ],
    );
    assert_keeps::<Decimal>(
        |f| f.max(Decimal::new(1, 1)),
        &["0.1", "0.10000", "-5"],
        &[("0.1000000000000000000000000001", "is 0.1000000000000000000000000001, and may be at most 0.1")],
    );
}

#[cfg(feature = "num-bigint")]
#[test]
fn integers_without_bounds_can_have_some() {
    use num_bigint::BigInt;

    let bound = "1".to_owned() + &"0".repeat(40);
    let above = bound.clone() + "0";
    assert_keeps::<BigInt>(
        |f| f.max(BigInt::from(10).pow(40)),
        &[&bound, "-5"],
        &[(&above, &format!("is {above}, and may be at most {bound}"))],
    );
}

#[test]
fn each_item_is_looked_at_and_named() {
    let rules = facets::<Vec<Option<u32>>>(|f| f.max(100));
    let nil = "<v xsi:nil='true'/>";
    let items = format!("<v>1</v>{nil}<v>100</v>");
    assert_eq!(read_restricted(&items, rules), Ok(vec![Some(1), None, Some(100)]));
    let error = read_restricted::<Vec<Option<u32>>>("<v>1</v>\n<v>101</v>", rules).expect_err("one is above");
    assert!(error.starts_with("`v[1]`: is 101, and may be at most 100 (line 2, column 1)"), "{error}");
    assert_eq!(write(&vec![Some(1), None], rules).map(|xml| xml.contains("xsi:nil")), Ok(true));
    assert_eq!(write(&vec![Some(1), Some(101)], rules), Err("`v`: is 101, and may be at most 100".to_owned()));
    let rules = facets::<Nillable<Box<String>>>(|f| f.min_length(1));
    assert_eq!(read_restricted(nil, rules), Ok(Nillable::<Box<String>>::Nil));
    assert!(read_restricted::<Nillable<Box<String>>>("<v/>", rules).is_err());
    assert_eq!(write(&None::<String>, facets::<Option<String>>(|f| f.min_length(1))), Ok(String::new()));
    assert!(write(&Some(String::new()), facets::<Option<String>>(|f| f.min_length(1))).is_err());
}

#[test]
fn an_attribute_is_looked_at_as_well() {
    let rules = facets::<String>(|f| f.max_length(1));
    let write = |text: &str| {
        let mut writer = Writer::with_capacity(0);
        let value = text.to_owned();
        writer.element_with(
            "v",
            |tag| tag.attribute("a", |writer| writer.restricted(rules, |writer| value.write(writer))),
            |_| {},
        );
        writer.finish().map_err(|error| error.to_string())
    };
    assert_eq!(write("\""), Ok("<tns:v a=\"&quot;\"></tns:v>".to_owned()));
    assert_eq!(write("ab"), Err("`@a`: `ab` has 2, and may have at most 1 character".to_owned()));
}

#[test]
fn a_token_never_shows() {
    let rules = facets::<Option<SessionToken>>(|f| f.min_length(20).pattern("[A-Z]+"));
    for text in ["hunter2", "hunter2hunter2hunter2hunter2"] {
        let error =
            read_restricted::<Option<SessionToken>>(&format!("<v>{text}</v>"), rules).expect_err("it breaks one");
        assert!(error.starts_with("`v`: must ") && !error.contains("hunter2"), "{error}");
        let error = write(&Some(SessionToken::new(text.to_owned())), rules).expect_err("it breaks one");
        assert!(!error.contains("hunter2"), "{error}");
    }
    let rules = facets::<u32>(|f| f.max(5).secret());
    assert_eq!(rules.check("1234"), Err("may be at most 5".to_owned()));
}

#[test]
fn what_is_no_value_is_told_by_its_type() {
    let rules = facets::<u32>(|f| f.min(1).pattern("[0-9]"));
    let error = read_restricted::<u32>("<v>abc</v>", rules).expect_err("it is no number");
    assert!(error.starts_with("`v`: `abc` is no xs:unsignedInt"), "{error}");
}

#[test]
fn rules_are_no_part_of_a_value() {
    let rules = facets::<Vec<String>>(|f| f.max_length(3));
    let items = vec!["<a>".to_owned(), "\"\t".to_owned()];
    let xml = write(&items, rules).expect("they are short");
    assert_eq!(read_restricted(&xml, rules).as_ref(), Ok(&items));
    assert_eq!(round_trip(&items), items);
}
