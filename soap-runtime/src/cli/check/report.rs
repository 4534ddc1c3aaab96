//! All judgements of one service.

use super::evidence::Evidence;
use super::judgement::{Finding, Judgement, Severity};
use super::rules::Rule;

pub(super) struct Report {
    /// The service and its operations, in one line.
    pub(super) title: String,
    pub(super) judged: Vec<(&'static Rule, Judgement)>,
}

/// How many rules ended how; findings are counted one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) ok: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) not_checked: usize,
    pub(super) do_not_apply: usize,
}

impl Report {
    pub(super) fn new(title: String, rules: &[&'static Rule], evidence: &Evidence<'_>) -> Self {
        Self { title, judged: rules.iter().map(|rule| (*rule, (rule.judge)(evidence))).collect() }
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (rule, judgement) in &self.judged {
            match judgement {
                Judgement::Ok => counts.ok += 1,
                Judgement::NotChecked(_) => counts.not_checked += 1,
                Judgement::DoesNotApply(_) => counts.do_not_apply += 1,
                Judgement::Found(findings) => {
                    let errors = findings.iter().filter(|finding| severity(rule, finding) == Severity::Error).count();
                    counts.errors += errors;
                    counts.warnings += findings.len() - errors;
                }
            }
        }
        counts
    }

    /// The rules that ended without an answer, by the reason.
    pub(super) fn by_reason(&self, reason_of: impl Fn(&Judgement) -> Option<&str>) -> Vec<(&str, Vec<&'static str>)> {
        let mut reasons: Vec<(&str, Vec<&'static str>)> = Vec::new();
        for (rule, judgement) in &self.judged {
            let Some(reason) = reason_of(judgement) else { continue };
            match reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, rules)) => rules.push(rule.id),
                None => reasons.push((reason, vec![rule.id])),
            }
        }
        reasons
    }
}

pub(super) fn severity(rule: &Rule, finding: &Finding) -> Severity {
    finding.severity.unwrap_or(rule.severity)
}

/// Why it was not checked.
pub(super) fn not_checked(judgement: &Judgement) -> Option<&str> {
    match judgement {
        Judgement::NotChecked(why) => Some(why),
        _ => None,
    }
}

/// Why it does not apply.
pub(super) fn does_not_apply(judgement: &Judgement) -> Option<&str> {
    match judgement {
        Judgement::DoesNotApply(why) => Some(why),
        _ => None,
    }
}
