//! Its executions, and what is said of them.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::WAITS;
use super::wrong::Wrong;

/// How long a tick is.
const TICK: Duration = Duration::from_millis(100);

/// What came.
#[derive(Default)]
pub(super) struct Request {
    pub(super) operation: String,
    inputs: HashMap<String, String>,
}

pub(super) enum Answer {
    Outputs(Vec<(&'static str, String)>),
    /// The code and the text.
    Fault(&'static str, String),
    /// What proxies and frameworks send when all else fails.
    ErrorPage,
}

pub(super) struct Execution {
    began: Instant,
    inputs: (String, String),
    aborted: bool,
    polls: u32,
    /// How often it was said that it has completed.
    completed: u32,
}

pub(super) struct Executions {
    wrong: Wrong,
    all: Mutex<HashMap<String, Execution>>,
}

/// The operation, and its inputs by their local names.
pub(super) fn parse(body: &[u8]) -> Request {
    let mut reader = Reader::from_reader(body);
    let (mut request, mut path) = (Request::default(), Vec::<String>::new());
    loop {
        match reader.read_event().expect("the program sends XML") {
            Event::Start(tag) => {
                path.push(tag.local_name().as_ref().to_owned());
                match path.len() {
                    3 => request.operation.clone_from(&path[2]),
                    4 => drop(request.inputs.insert(path[3].clone(), String::new())),
                    _ => {}
                }
            }
            Event::Text(text) if path.len() == 4 => {
                request.inputs.entry(path[3].clone()).or_default().push_str(&text);
            }
            Event::End(_) => drop(path.pop()),
            Event::Eof => return request,
            _ => {}
        }
    }
}

impl Request {
    fn input(&self, name: &str) -> &str {
        self.inputs.get(name).map_or("", |value| value)
    }
}

impl Execution {
    /// From 0 to 1, and more.
    fn done(&self) -> f64 {
        let ticks: u32 = self.inputs.1.parse().expect("a whole number");
        self.began.elapsed().as_secs_f64() / (TICK * ticks).as_secs_f64()
    }

    pub(super) fn runs(&self) -> bool {
        !self.aborted && self.done() < 1.0
    }
}

impl Executions {
    pub(super) fn new(wrong: Wrong) -> Self {
        Self { wrong, all: Mutex::default() }
    }

    pub(super) fn count(&self, which: impl Fn(&Execution) -> bool) -> usize {
        self.all.lock().expect("nothing panics under it").values().filter(|execution| which(execution)).count()
    }

    /// What passes before an answer.
    pub(super) fn pause(&self, request: &Request) -> Duration {
        match (self.wrong, &*request.operation) {
            (Wrong::NeverAnswers, "notifyService") => WAITS[0],
            (Wrong::AnswersLate, "notifyService") => WAITS[1],
            _ => Duration::ZERO,
        }
    }

    pub(super) fn answer(&self, request: &Request) -> Answer {
        match &*request.operation {
            "startTicks" => self.start(request),
            "getServiceStatus" => self.status(request),
            "abortService" => self.abort(request),
            "notifyService" if self.wrong == Wrong::NotifyFails => self.fault("Server", "nobody reads that", request),
            "notifyService" => Answer::Outputs(vec![("response", "thanks".to_owned())]),
            other => self.fault("Client", &format!("there is no operation {other}"), request),
        }
    }

    fn start(&self, request: &Request) -> Answer {
        if self.wrong == Wrong::StartFails {
            return self.fault("Server", "it is not the day for it", request);
        }
        let mut all = self.all.lock().expect("nothing panics under it");
        let inputs = (request.input("text").to_owned(), request.input("ticks").to_owned());
        let new =
            || Execution { began: Instant::now(), inputs: inputs.clone(), aborted: false, polls: 0, completed: 0 };
        match all.get_mut(request.input("serviceID")) {
            None => drop(all.insert(request.input("serviceID").to_owned(), new())),
            Some(known) if known.inputs != inputs && self.wrong != Wrong::OtherStartIsTaken => {
                return self.fault("Client", "it was started with other inputs", request);
            }
            Some(known) if self.wrong == Wrong::SameStartBeginsAgain => *known = new(),
            Some(_) => {}
        }
        let mut outputs = self.outputs(self.page(0.0, request), "UNSET", "0");
        if self.wrong == Wrong::StartLacksOutput {
            outputs.pop();
        }
        Answer::Outputs(outputs)
    }

    fn status(&self, request: &Request) -> Answer {
        let id = request.input("serviceID");
        let mut all = self.all.lock().expect("nothing panics under it");
        let longest = all.values().map(|execution| execution.inputs.0.clone()).max_by_key(String::len);
        let Some(execution) = all.get_mut(id) else { return self.unknown(request) };
        execution.polls += 1;
        if execution.polls == 1 && self.wrong == Wrong::FirstStatusFails {
            return self.fault("Server", "there is no status yet", request);
        }
        if execution.aborted && self.wrong != Wrong::AbortGoesOn {
            return self.fault("Client", "it was aborted", request);
        }
        let done = execution.done();
        if done >= 1.0 {
            return self.completed(execution, longest.unwrap_or_default(), request);
        }
        let result = if self.wrong == Wrong::ResultTooEarly { "half a result" } else { "UNSET" };
        let mut outputs = self.outputs(self.page(done, request), result, "0");
        match self.wrong {
            Wrong::NoPlaceHolder => drop(outputs.pop()),
            Wrong::StatusLacksItself => drop(outputs.remove(0)),
            _ => {}
        }
        Answer::Outputs(outputs)
    }

    /// `longest` is a text of any execution.
    fn completed(&self, execution: &mut Execution, longest: String, request: &Request) -> Answer {
        execution.completed += 1;
        let is_early = execution.completed <= 2;
        let result = match self.wrong {
            Wrong::CompletedUnset if is_early => "UNSET".to_owned(),
            Wrong::CompletedChanges if is_early => "nearly".to_owned(),
            Wrong::OthersInputsCount => longest,
            Wrong::OthersResultCounts => format!("{} characters", longest.len()),
            _ => format!("{} characters", execution.inputs.0.len()),
        };
        if self.wrong == Wrong::ForgetsCompleted && execution.completed > 1 {
            return self.fault("Client", "there is no such execution", request);
        }
        if self.wrong == Wrong::PageAfterCompleted && execution.completed.is_multiple_of(3) {
            return Answer::Outputs(self.outputs(self.page(0.99, request), "UNSET", "0"));
        }
        let mut outputs = self.outputs("COMPLETED".to_owned(), &result, &execution.inputs.1);
        if self.wrong == Wrong::CompletedLacksOutput {
            outputs.pop();
        }
        Answer::Outputs(outputs)
    }

    fn unknown(&self, request: &Request) -> Answer {
        // Those that the program makes up itself are plain ones.
        let is_plain = request.input("serviceID").starts_with("check-");
        match self.wrong {
            Wrong::UnknownIdHasPage if is_plain => {}
            Wrong::HostileIdHasPage if !is_plain => {}
            Wrong::ErrorPage => return Answer::ErrorPage,
            Wrong::StackTrace => {
                let says = "Traceback (most recent call last): ticks.py, in status: KeyError";
                return self.fault("Server", says, request);
            }
            _ => return self.fault("Client", "there is no such execution", request),
        }
        Answer::Outputs(self.outputs(self.page(0.0, request), "UNSET", "0"))
    }

    fn abort(&self, request: &Request) -> Answer {
        let mut all = self.all.lock().expect("nothing panics under it");
        if !all.contains_key(request.input("serviceID")) && self.wrong != Wrong::UnknownIdIsAborted {
            return self.fault("Client", "there is no such execution", request);
        }
        if self.wrong == Wrong::AbortFails {
            return self.fault("Server", "it does not want to", request);
        }
        let hits_all = self.wrong == Wrong::AbortHitsAll;
        let hit = all.iter_mut().filter(|(id, _)| hits_all || **id == request.input("serviceID"));
        hit.for_each(|(_, execution)| execution.aborted = true);
        let success = self.wrong != Wrong::AbortSaysFalse;
        Answer::Outputs(vec![("success", success.to_string())])
    }

    fn outputs(&self, status: String, result: &str, count: &str) -> Vec<(&'static str, String)> {
        vec![("status_base64", status), ("result", result.to_owned()), ("count", count.to_owned())]
    }

    /// In base64.
    fn page(&self, done: f64, request: &Request) -> String {
        let mut page = format!("<!DOCTYPE html>\n<html><body><p>{:.0}%</p>", (done * 100.0).floor()).into_bytes();
        match self.wrong {
            Wrong::Latin1Page => page.extend(b"gr\xfc\xdfe"),
            Wrong::NulInPage => page.push(0),
            Wrong::OutsidePicture => page.extend(b"<img src=\"http://pictures.example/bar.png\">"),
            Wrong::TokenInPage => page.extend(request.input("sessionToken").bytes()),
            // So that there would be padding.
            Wrong::UnpaddedBase64 if page.len() % 3 == 0 => page.push(b' '),
            _ => {}
        }
        let base64 = STANDARD.encode(page);
        match self.wrong {
            Wrong::UnpaddedBase64 => base64.trim_end_matches('=').to_owned(),
            Wrong::SpaceInBase64 => format!("{}\n{}", &base64[..20], &base64[20..]),
            _ => base64,
        }
    }

    fn fault(&self, code: &'static str, says: &str, request: &Request) -> Answer {
        let token = request.input("sessionToken");
        Answer::Fault(
            code,
            if self.wrong == Wrong::TokenInFault { format!("{says} ({token})") } else { says.to_owned() },
        )
    }
}
