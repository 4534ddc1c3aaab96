//! The outputs of an application: `<ServiceOutputs><name>value</name>…</ServiceOutputs>`.

use crate::cli::execution::STATUS;
use crate::xml::{Document, Element, Limits, ReadError, cut, root_of};

/// Names and values, in the order of the document. The name of the root is free.
pub(super) fn read(document: Vec<u8>) -> Result<Vec<(String, String)>, String> {
    let outputs = || {
        let mut document = Document::new(document.into(), None)?;
        let mut reader = document.reader(Limits::default())?;
        children(root_of(&mut reader)?)
    };
    outputs().map_err(|error: ReadError| {
        format!("xmlOutputs_base64 holds no outputs: {error}; send the base64 of <ServiceOutputs><name>value</name>…")
    })
}

fn children(mut root: Element<'_, '_>) -> Result<Vec<(String, String)>, ReadError> {
    let mut outputs = Vec::new();
    while let Some(child) = root.next_child()? {
        outputs.push((child.local_name().to_owned(), child.text()?.into_owned()));
    }
    Ok(outputs)
}

/// That there is each output once, and no other. The page is none of them: nobody sees it any more.
pub(super) fn check(outputs: &[(String, String)], names: &[String]) -> Result<(), String> {
    let said = |name: &str| outputs.iter().filter(|(said, _)| said == name).count();
    let is_expected = |name: &str| name == STATUS || names.iter().any(|expected| expected == name);
    let mut problems: Vec<String> = Vec::new();
    for name in names.iter().filter(|name| *name != STATUS) {
        match said(name) {
            0 => problems.push(format!("the output `{name}` is missing")),
            1 => {}
            count => problems.push(format!("the output `{name}` is there {count} times")),
        }
    }
    let others = outputs.iter().filter(|(name, _)| !is_expected(name));
    problems.extend(others.map(|(name, _)| format!("the start method has no output `{}`", cut(name))));
    match problems.is_empty() {
        true => Ok(()),
        false => Err(format!("xmlOutputs_base64 does not fit the start method: {}", problems.join("; "))),
    }
}
