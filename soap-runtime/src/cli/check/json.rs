//! Reports and the list of rules for scripts.

use serde_json::{Value, json};

use super::judgement::{Finding, Judgement};
use super::report::{Counts, Report, severity};
use super::rules::{RULES, Rule};

pub(super) fn report(report: &Report) -> Value {
    let Counts { ok, errors, warnings, not_checked, do_not_apply } = report.counts();
    json!({
        "service": report.title,
        "rules": report.judged.iter().map(|(rule, judgement)| judged(rule, judgement)).collect::<Vec<_>>(),
        "summary": {
            "ok": ok,
            "errors": errors,
            "warnings": warnings,
            "not_checked": not_checked,
            "do_not_apply": do_not_apply,
        },
    })
}

fn judged(rule: &Rule, judgement: &Judgement) -> Value {
    let (verdict, reason, findings) = match judgement {
        Judgement::Ok => ("ok", None, &[][..]),
        Judgement::Found(findings) => ("found", None, &findings[..]),
        Judgement::NotChecked(why) => ("not_checked", Some(why), &[][..]),
        Judgement::DoesNotApply(why) => ("does_not_apply", Some(why), &[][..]),
    };
    let findings: Vec<_> = findings.iter().map(|one| finding(rule, one)).collect();
    json!({ "rule": rule.id, "verdict": verdict, "reason": reason, "findings": findings })
}

fn finding(rule: &Rule, finding: &Finding) -> Value {
    json!({
        "severity": severity(rule, finding).word(),
        "what": finding.what,
        "place": finding.place,
        "mend": finding.mend,
        "why": rule.why,
    })
}

pub(super) fn list() -> Value {
    let rules = RULES.iter().map(|rule| {
        json!({
            "rule": rule.id,
            "severity": rule.severity.word(),
            "source": rule.source.word(),
            "title": rule.title,
            "why": rule.why,
        })
    });
    rules.collect()
}
