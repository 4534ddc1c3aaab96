//! What a rule says of a service.

/// How bad it is to break a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// The platform works all the same, and somebody will be surprised.
    Warning,
    /// The platform cannot use the service, or will show and store wrong things.
    Error,
}

impl Severity {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Less than the severity of the rule, if it says so.
    pub(super) severity: Option<Severity>,
    /// What was found.
    pub(super) what: String,
    /// Where, in the words of the WSDL or of the exchange.
    pub(super) place: String,
    pub(super) mend: String,
}

impl Finding {
    pub(super) fn new(what: impl Into<String>, place: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { severity: None, what: what.into(), place: place.into(), mend: mend.into() }
    }

    /// The same as a warning, whatever the rule is.
    pub(super) fn mild(mut self) -> Self {
        self.severity = Some(Severity::Warning);
        self
    }
}

/// What a rule says of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    Ok,
    Found(Vec<Finding>),
    /// Nobody knows, and why.
    NotChecked(String),
    /// The rule is about what this service does not have.
    DoesNotApply(String),
}

impl Judgement {
    /// What was found decides; nothing found is well.
    pub(super) fn of(findings: Vec<Finding>) -> Self {
        match findings.is_empty() {
            true => Self::Ok,
            false => Self::Found(findings),
        }
    }

    /// The same, but that nothing found is well only if all was asked that had to be: else `why` not.
    pub(super) fn if_asked(findings: Vec<Finding>, asked: Result<(), String>) -> Self {
        match (Self::of(findings), asked) {
            (Self::Ok, Err(why)) => Self::NotChecked(why),
            (found, _) => found,
        }
    }

    pub(super) fn does_not_apply(why: impl Into<String>) -> Self {
        Self::DoesNotApply(why.into())
    }
}
