//! What is on a page, whatever the features; and on one in HTML.

use super::*;

fn page(phase: Phase<'_>) -> StatusPage<'_> {
    StatusPage {
        service: "Mesher",
        phase,
        fraction: Some(0.28),
        message: Some("meshing part 3 of 7"),
        elapsed: Some(Duration::from_secs(65)),
        remaining: Some(Duration::from_secs(167)),
        log: &[],
    }
}

#[test]
fn the_percentage_is_rounded_down() {
    for (fraction, percent) in [
        (f64::NEG_INFINITY, Some(0)),
        (-0.5, Some(0)),
        (0.0, Some(0)),
        (0.004, Some(0)),
        (0.2899, Some(28)),
        (2.0 / 3.0, Some(66)),
        (0.995, Some(99)),
        (1.0 - f64::EPSILON, Some(99)),
        (1.0, Some(100)),
        (1.5, Some(100)),
        (f64::INFINITY, Some(100)),
        (f64::NAN, None),
    ] {
        let page = StatusPage { fraction: Some(fraction), ..page(Phase::Running) };
        assert_eq!(page.percent(), percent, "{fraction}");
    }
    for percent in 0..=100 {
        let page = StatusPage { fraction: Some(f64::from(percent) / 100.0), ..page(Phase::Running) };
        assert_eq!(page.percent(), Some(percent));
    }
}

#[test]
fn each_phase_says_what_matters_in_it() {
    for (phase, there, not_there) in [
        (Phase::Queued { place: 1 }, "Queued|Next in the queue|Waiting for", "Expected|Place"),
        (Phase::Queued { place: 12 }, "Queued|Place 12 in the queue|Waiting for", "Expected|Next"),
        (Phase::Running, "Running|Running for|Expected end|in 2 min 47 s", "queue|Ended"),
        (Phase::Aborting, "Aborting|Running for", "Expected|Ended"),
        (Phase::Failed { reason: "no space\nleft" }, "Failed|no space\nleft|Ended after", "Expected|Running"),
        (Phase::Aborted, "Aborted|Ended after", "Expected|Running"),
    ] {
        let text = page(phase).render();
        let everywhere = ["Mesher", "28%", "meshing part 3 of 7", "1 min 5 s"];
        for expected in there.split('|').chain(everywhere) {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        let body = text.split("<script>").next().unwrap_or_default();
        for unexpected in not_there.split('|') {
            assert!(!body.contains(unexpected), "{unexpected} is in\n{text}");
        }
    }
}

#[test]
fn the_log_is_as_it_would_be_on_a_terminal() {
    let log = ["first".to_owned(), "10%\r\u{1b}[32m20%\u{1b}[0m\r\n".to_owned(), String::new(), "  last".to_owned()];
    let text = StatusPage { log: &log, ..page(Phase::Running) }.render();
    assert!(text.contains("\nfirst\n20%\n\n  last\n"), "{text}");
}

#[test]
fn nothing_from_outside_is_taken_for_html() {
    let hostile = "</script></pre></title><head></head><img src=x onerror='alert(1)'> ]]> \" \0\u{1b}\u{202e} é";
    let log = [hostile.to_owned()];
    let of = |phase| StatusPage { service: hostile, message: Some(hostile), log: &log, ..page(phase) }.render();
    let plain = |phase| StatusPage { log: &["x".to_owned()], ..page(phase) }.render();
    for (text, harmless) in [
        (of(Phase::Running), plain(Phase::Running)),
        (of(Phase::Failed { reason: hostile }), plain(Phase::Failed { reason: "x" })),
    ] {
        let tags = |text: &str| text.matches('<').count();
        assert_eq!(tags(&text), tags(&harmless), "{text}");
        assert!(text.is_ascii() && !text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
        assert!(!text.contains("]]>") && !text.contains("onerror='"), "{text}");
    }
}

#[cfg(feature = "pages")]
mod html {
    use super::*;

    fn phases() -> [Phase<'static>; 5] {
        let reason = "no space";
        [Phase::Queued { place: 1 }, Phase::Running, Phase::Aborting, Phase::Failed { reason }, Phase::Aborted]
    }

    #[test]
    fn it_is_a_document_with_a_plain_head() {
        for html in phases().map(|phase| page(phase).render()) {
            assert!(
                html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"),
                "{html}"
            );
            assert!(html.ends_with("\n</body>\n</html>"), "{html}");
            for tag in ["<head>", "</head>", "<body>", "<title>Mesher: "] {
                assert_eq!(html.matches(tag).count(), 1, "{tag} in\n{html}");
            }
        }
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        let log = ["a line".to_owned()];
        for phase in phases() {
            let html = StatusPage { log: &log, ..page(phase) }.render();
            for reference in ["src=", "href", "url(", "@import", "//", "<link"] {
                assert!(!html.contains(reference), "{reference} in\n{html}");
            }
        }
    }

    #[test]
    fn a_page_is_small() {
        let html = page(Phase::Running).render();
        assert!(html.len() < 3 * 1024, "{} bytes", html.len());
    }

    #[test]
    fn the_bar_and_the_number_say_the_same() {
        for (fraction, percent) in [(0.0, 0), (0.289, 28), (1.0, 100)] {
            let html = StatusPage { fraction: Some(fraction), ..page(Phase::Running) }.render();
            let number = format!("<p class=\"percent\">{percent}%</p>");
            let value = format!("aria-valuenow=\"{percent}\"");
            let width = format!("style=\"width:{percent}%\"");
            for expected in [&number, &value, &width, "role=\"progressbar\""] {
                assert!(html.contains(expected), "{expected} is not in\n{html}");
            }
        }
    }

    #[test]
    fn a_bar_without_a_number_is_for_what_goes_on() {
        for (phase, bar) in phases().into_iter().zip([false, true, true, false, false]) {
            let html = StatusPage { fraction: None, ..page(phase) }.render();
            assert_eq!(html.contains("role=\"progressbar\""), bar, "{html}");
            assert_eq!(html.contains("class=\"busy\""), bar, "{html}");
            assert!(!html.contains("%</p>") && !html.contains("aria-valuenow"), "{html}");
        }
    }

    #[test]
    fn what_has_not_ended_can_be_aborted_and_its_time_goes_on() {
        for (phase, (abort, script)) in
            phases().into_iter().zip([(true, true), (true, true), (false, true), (false, false), (false, false)])
        {
            let html = page(phase).render();
            assert_eq!(html.contains("<details id=\"abort\" hidden>"), abort, "{html}");
            assert_eq!(html.contains("notify_running_job(\"__abort__\")"), abort, "{html}");
            assert_eq!(html.contains("<script>"), script, "{html}");
        }
    }

    #[test]
    fn a_job_that_takes_longer_than_expected_ends_soon() {
        for (milliseconds, expected) in [(1_000, "data-s=\"1\">in 1 s</dd>"), (999, "data-s=\"0\">soon</dd>")] {
            let remaining = Some(Duration::from_millis(milliseconds));
            let html = StatusPage { remaining, ..page(Phase::Running) }.render();
            assert!(html.contains(expected), "{expected} is not in\n{html}");
        }
        let html = StatusPage { remaining: None, ..page(Phase::Running) }.render();
        assert!(!html.contains("Expected end"), "{html}");
    }

    #[test]
    fn nothing_stands_in_place_of_what_is_not_known() {
        for message in [None, Some(""), Some(" \n")] {
            let html = StatusPage { message, ..page(Phase::Running) }.render();
            assert!(!html.contains("<p class=\"said\">") && !html.contains("<pre>"), "{html}");
        }
        let html = StatusPage { elapsed: None, ..page(Phase::Aborted) }.render();
        assert!(!html.contains("<dl>") && !html.contains("Ended after"), "{html}");
    }
}
