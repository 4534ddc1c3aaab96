//! The rules of the platform's contract, all of them in one table; each is a function in the file of its group.

mod address;
mod answers;
mod end;
mod executions;
mod faults;
mod form;
mod outside;
mod pages;
mod signatures;

use super::evidence::Evidence;
use super::judgement::{Judgement, Severity};
use Severity::{Error, Warning};
use Source::{Addresses, Executions, Wsdl};

/// One rule.
pub(super) struct Rule {
    pub(super) id: &'static str,
    /// At its worst.
    pub(super) severity: Severity,
    pub(super) source: Source,
    /// What is so where it is kept.
    pub(super) title: &'static str,
    /// Where it comes from, in words of the platform's contract.
    pub(super) why: &'static str,
    pub(super) judge: fn(&Evidence<'_>) -> Judgement,
}

/// What has to be looked at for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Wsdl,
    /// What answers at the addresses around it.
    Addresses,
    /// What running executions say.
    Executions,
}

impl Source {
    pub(super) const ALL: [Self; 3] = [Wsdl, Addresses, Executions];

    pub(super) fn title(self) -> &'static str {
        match self {
            Wsdl => "Read in the WSDL",
            Addresses => "Asked of its addresses",
            Executions => "Tried with executions",
        }
    }

    /// The word for it in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            Wsdl => "wsdl",
            Addresses => "addresses",
            Executions => "executions",
        }
    }
}

const fn rule(
    id: &'static str,
    (source, severity): (Source, Severity),
    judge: fn(&Evidence<'_>) -> Judgement,
    title: &'static str,
    why: &'static str,
) -> Rule {
    Rule { id, severity, source, title, why, judge }
}

const SIGNATURE: &str = "the workflow manager reads the signature off the start method, and takes the final values from \
                         the last getServiceStatus";
const BY_NAME: &str = "the workflow manager fills in serviceID, sessionToken and message by their names";
const OUTSIDE: &str = "a reverse proxy stands in front, and the platform calls the address in the WSDL";
const TIMEOUT: &str = "the workflow manager gives up after 30 s; 10 s is safe";
const STATUS: &str = "status_base64 is base64 of a page, or one of the words UNCHANGED and COMPLETED";
const COMPLETED: &str = "with COMPLETED the other outputs of this very answer are final, and getServiceStatus is not \
                         called again";
const SERVICE_ID: &str = "serviceID is the only key by which later calls find the right computation, and it comes from \
                          outside";
const NO_FAILURE: &str = "there is no failure word: a SOAP fault says what went wrong, and the user reads it";

pub(super) const RULES: &[Rule] = &[
    rule(
        "status-outputs",
        (Wsdl, Error),
        signatures::status_outputs,
        "getServiceStatus has the outputs of the start",
        SIGNATURE,
    ),
    rule(
        "status-base64",
        (Wsdl, Error),
        signatures::status_base64,
        "status_base64 is the first output, a string",
        STATUS,
    ),
    rule(
        "start-inputs",
        (Wsdl, Error),
        signatures::start_inputs,
        "the start takes serviceID and sessionToken",
        BY_NAME,
    ),
    rule(
        "status-inputs",
        (Wsdl, Error),
        signatures::status_inputs,
        "getServiceStatus takes what is filled in",
        BY_NAME,
    ),
    rule(
        "abort-signature",
        (Wsdl, Error),
        signatures::abort_signature,
        "abortService takes an id, and gives a boolean",
        "the platform calls abortService(serviceID, sessionToken), which gives a boolean, `success`",
    ),
    rule(
        "notify-signature",
        (Wsdl, Error),
        signatures::notify_signature,
        "notifyService takes a message, gives response",
        "the platform calls notifyService(serviceID, sessionToken, message), which gives the string `response`",
    ),
    rule(
        "reserved-names",
        (Wsdl, Warning),
        form::reserved_names,
        "the platform's names are spelt as it spells them",
        BY_NAME,
    ),
    rule(
        "style",
        (Wsdl, Error),
        form::style,
        "messages are document/literal wrapped, or rpc/literal",
        "each input and output of a workflow is an element with a name of its own",
    ),
    rule(
        "soap11-port",
        (Wsdl, Error),
        form::soap11_port,
        "there is a port for SOAP 1.1",
        "the platform speaks SOAP 1.1",
    ),
    rule(
        "operation-names",
        (Wsdl, Error),
        form::operation_names,
        "no two operations have one name",
        "a service is registered in the workflow editor by the name of its method",
    ),
    rule(
        "address-reachable",
        (Addresses, Error),
        address::address_reachable,
        "the address in the WSDL answers",
        OUTSIDE,
    ),
    rule(
        "address-outside",
        (Addresses, Error),
        address::address_outside,
        "the address is where the WSDL came from",
        OUTSIDE,
    ),
    rule(
        "wsdl-query",
        (Addresses, Error),
        address::wsdl_query,
        "?wsdl is answered in any case, HEAD as well",
        "the WSDL is at the endpoint's address with ?wsdl, in any case of its letters",
    ),
    rule(
        "context-root",
        (Addresses, Warning),
        address::context_root,
        "GET on the context root answers 200",
        "the host looks at the context root to see whether the service lives",
    ),
    rule("in-time", (Executions, Error), answers::in_time, "answers come in time", TIMEOUT),
    rule(
        "answered",
        (Executions, Error),
        answers::answered,
        "the call is answered with the outputs of the WSDL",
        "the start method returns at once, with all its outputs",
    ),
    rule(
        "first-status",
        (Executions, Error),
        answers::first_status,
        "the status right after the start is no fault",
        "the workflow ends on a fault, and progress is 0 until the job reports",
    ),
    rule("base64", (Executions, Error), pages::base64, "status_base64 is base64, padded, in one line", STATUS),
    rule("page-text", (Executions, Error), pages::page_text, "pages are text or HTML in UTF-8", STATUS),
    rule(
        "page-self-contained",
        (Executions, Warning),
        pages::self_contained,
        "pages fetch nothing from elsewhere",
        "a page is shown by the portal as a whole, pictures inlined",
    ),
    rule(
        "placeholders",
        (Executions, Error),
        pages::placeholders,
        "until the end the other outputs are place-holders",
        "until COMPLETED the other outputs are place-holders, UNSET by convention",
    ),
    rule(
        "completed-outputs",
        (Executions, Error),
        end::completed_outputs,
        "COMPLETED comes with final outputs",
        COMPLETED,
    ),
    rule("completed-stays", (Executions, Error), end::completed_stays, "no page comes after COMPLETED", COMPLETED),
    rule(
        "completed-again",
        (Executions, Warning),
        end::completed_again,
        "COMPLETED is said again when asked again",
        "an answer can get lost on its way, and is asked for again then",
    ),
    rule("unknown-id", (Executions, Error), executions::unknown_id, "an unknown serviceID is a fault", SERVICE_ID),
    rule("hostile-id", (Executions, Error), executions::hostile_id, "a hostile serviceID is a fault", SERVICE_ID),
    rule("same-start", (Executions, Error), executions::same_start, "one serviceID is one execution", SERVICE_ID),
    rule(
        "other-start",
        (Executions, Error),
        executions::other_start,
        "one serviceID with other inputs is a fault",
        SERVICE_ID,
    ),
    rule(
        "apart",
        (Executions, Error),
        executions::apart,
        "executions do not mix",
        "many executions run at the same time",
    ),
    rule(
        "abort-ends",
        (Executions, Error),
        executions::abort_ends,
        "abortService ends the execution, and says true",
        "abortService is called when the user cancels: stop the computation and free what it holds",
    ),
    rule(
        "abort-unknown",
        (Executions, Error),
        executions::abort_unknown,
        "aborting an unknown serviceID is a fault",
        SERVICE_ID,
    ),
    rule(
        "notify-answers",
        (Executions, Error),
        answers::notify_answers,
        "notifyService answers",
        "notifyService hands a message to a running execution",
    ),
    rule(
        "fault-form",
        (Executions, Error),
        faults::fault_form,
        "faults are SOAP faults with a faultstring",
        NO_FAILURE,
    ),
    rule("fault-words", (Executions, Error), faults::fault_words, "faults hold no stack traces", NO_FAILURE),
    rule(
        "token-secret",
        (Executions, Error),
        faults::token_secret,
        "the session token does not come back",
        "sessionToken is the user's login, valid for 24 hours",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_a_name_of_its_own_and_fits_into_a_line() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.id != rule.id), "{}", rule.id);
            let line = super::super::text::line(rule);
            assert!(line.chars().count() <= 80 - super::super::text::LABEL, "{line}");
        }
    }
}
