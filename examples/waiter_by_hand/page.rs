//! The progress page that the portal shows: the percentage as text and as a bar.

/// How many pixels of the bar stand for one percent, as in the tutorial.
const PIXELS_PER_PERCENT: u32 = 8;

/// The page for an execution that is `percent` (0 to 100) done.
///
/// Polls ask for it every few seconds for every execution, so it is one string from three pieces.
/// Its colours are the browser's own words for canvas and text, which follow the reader's choice of
/// light or dark; nothing is fetched from anywhere.
pub(crate) fn progress_page(percent: u8) -> String {
    let width = u32::from(percent) * PIXELS_PER_PERCENT;
    format!(
        "{HEAD}<div class=\"track\" role=\"progressbar\" aria-label=\"Progress\" aria-valuemin=\"0\" \
         aria-valuemax=\"100\" aria-valuenow=\"{percent}\">\n\
         <div class=\"bar\" style=\"width: {width}.0px\"></div>\n\
         <p class=\"percent\">{percent}%</p>\n{TAIL}"
    )
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Waiter</title>
<style>
:root { color-scheme: light dark }
body { margin: 20px; background: Canvas; color: CanvasText; font-family: sans-serif }
.track { position: relative; width: 800px; height: 80px; border: 3px dashed GrayText; border-radius: 5px }
.bar { height: 100%; background: #4a90d9; opacity: .55 }
.percent { position: absolute; inset: 0 auto auto 20px; margin: 0; font-size: 2em; line-height: 80px }
</style>
</head>
<body>
<h1>Waiting</h1>
"#;

const TAIL: &str = "</div>\n</body>\n</html>\n";

#[cfg(test)]
mod tests {
    use super::progress_page;

    #[test]
    fn the_bar_and_the_text_say_the_percentage() {
        for (percent, width) in [(0, "0.0px"), (28, "224.0px"), (100, "800.0px")] {
            let page = progress_page(percent);
            assert!(page.contains(&format!("style=\"width: {width}\"")), "{page}");
            assert!(page.contains(&format!(">{percent}%<")), "{page}");
        }
    }

    #[test]
    fn nothing_on_the_page_is_fetched_from_elsewhere() {
        let page = progress_page(50);
        for reference in ["src=", "href=", "url(", "@import", "//"] {
            assert!(!page.contains(reference), "{reference} in {page}");
        }
    }
}
