//! Reports and the list of rules for people.

use super::super::console::{Console, Look};
use super::super::wrap::wrapped;
use super::judgement::{Finding, Judgement, Severity};
use super::report::{Counts, Report, does_not_apply, not_checked, severity};
use super::rules::{RULES, Rule, Source};

/// What stands before each rule, so wide.
pub(super) const LABEL: usize = 13;
/// `mend` and what else stands before the lines below a finding.
const DEEPER: usize = 6;

/// The whole report.
pub(super) fn report(report: &Report, console: &Console) -> String {
    let mut text = wrapped(&report.title, 0, console.width());
    text.push_str("\n\n");
    for (rule, judgement) in &report.judged {
        match judgement {
            Judgement::Ok => labelled(&mut text, console, (Look::Good, "ok"), &line(rule)),
            Judgement::Found(findings) => findings.iter().for_each(|one| found(&mut text, console, rule, one)),
            Judgement::NotChecked(_) | Judgement::DoesNotApply(_) => {}
        }
    }
    for (reason, rules) in report.by_reason(not_checked) {
        labelled(&mut text, console, (Look::Doubtful, "not checked"), &format!("{}: {reason}", rules.join(", ")));
    }
    for (reason, rules) in report.by_reason(does_not_apply) {
        labelled(&mut text, console, (Look::Faint, "n/a"), &format!("{}: {reason}", rules.join(", ")));
    }
    text.push('\n');
    text.push_str(&summary(report.counts()));
    text
}

/// What is said of a rule that is kept.
pub(super) fn line(rule: &Rule) -> String {
    format!("{}: {}", rule.id, rule.title)
}

fn found(text: &mut String, console: &Console, rule: &Rule, finding: &Finding) {
    let severity = severity(rule, finding);
    let look = match severity {
        Severity::Error => Look::Bad,
        Severity::Warning => Look::Doubtful,
    };
    labelled(text, console, (look, severity.word()), &format!("{}: {}", rule.id, finding.what));
    for (word, says) in [("at", &*finding.place), ("mend", &finding.mend), ("why", rule.why)] {
        let indent = LABEL + DEEPER;
        let word = console.paint(Look::Faint, &format!("{word:DEEPER$}"));
        text.push_str(&format!("{:LABEL$}{word}{}\n", "", wrapped(says, indent, console.width())));
    }
}

fn labelled(text: &mut String, console: &Console, (look, label): (Look, &str), says: &str) {
    let label = console.paint(look, &format!("{label:LABEL$}"));
    text.push_str(&format!("{label}{}\n", wrapped(says, LABEL, console.width())));
}

fn summary(counts: Counts) -> String {
    let Counts { ok, errors, warnings, not_checked, .. } = counts;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let mut all = vec![format!("{ok} ok"), plural(errors, "error"), plural(warnings, "warning")];
    if not_checked > 0 {
        all.push(format!("{not_checked} not checked"));
    }
    all.join(", ")
}

/// All rules, by what has to be looked at.
pub(super) fn list(console: &Console) -> String {
    let groups = Source::ALL.map(|source| {
        let mut text = format!("{}\n", console.paint(Look::Strong, source.title()));
        for rule in RULES.iter().filter(|rule| rule.source == source) {
            let id = console.paint(Look::Strong, rule.id);
            text.push_str(&format!("  {id} ({}): {}\n", rule.severity.word(), rule.title));
            text.push_str(&format!("      {}\n", wrapped(rule.why, 6, console.width())));
        }
        text
    });
    groups.join("\n")
}
