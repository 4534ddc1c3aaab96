//! Clients that are generated from WSDLs of others: what they send, what they understand, and fakes of the services.
//!
//! The modules are those that the tests of `soap_runtime::build` compare; one test goes through a build script.

mod auth;
mod odd;
mod plain;

use std::sync::{Arc, Mutex};

use soap_runtime::client::{Answer, Message, Sending, Transport};

/// The modules, as a build script would have them.
#[allow(missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic, rustdoc::all)]
mod golden {
    pub mod auth {
        include!("golden/auth.rs");
    }
    pub mod calculator {
        include!("golden/calculator.rs");
    }
    pub mod gss {
        include!("golden/gss.rs");
    }
    pub mod mixed {
        include!("golden/mixed.rs");
    }
    pub mod odd {
        include!("golden/odd.rs");
    }
    pub mod rpc {
        include!("golden/rpc.rs");
    }
    pub mod waiter {
        include!("golden/waiter.rs");
    }
}

/// Answers everything with the same, and keeps what it was sent.
#[derive(Clone)]
struct Script {
    answer: String,
    sent: Arc<Mutex<Vec<(String, String)>>>,
}

impl Script {
    /// With this in the Body of the answer, in an envelope that declares the prefixes `a` and `b`.
    fn of(body: &str, namespaces: [&str; 2]) -> Self {
        let [a, b] = namespaces;
        let answer = format!(
            r#"<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="{a}" xmlns:b="{b}"><S:Body>{body}</S:Body></S:Envelope>"#
        );
        Self { answer, sent: Arc::default() }
    }

    /// The actions, and what stood in the envelopes, whose start tag declares the service's namespace.
    fn sent(&self) -> Vec<(String, String)> {
        self.sent.lock().expect("nobody panics with it").clone()
    }
}

impl Transport for Script {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            let text = String::from_utf8(message.body.to_vec()).expect("it is UTF-8");
            let (_, inner) = text.split_once("xmlns:tns=").expect("the namespace is declared");
            let (_, inner) = inner.split_once('>').expect("the start tag ends");
            let inner = inner.strip_suffix("</soap11env:Envelope>").expect("the envelope ends");
            self.sent.lock().expect("nobody panics with it").push((message.action, inner.to_owned()));
            let is_fault = self.answer.contains("<S:Fault>");
            let status = if is_fault { 500 } else { 200 };
            Ok(Answer::new(status, Some("text/xml; charset=utf-8".to_owned()), self.answer.clone()))
        })
    }

    fn address(&self) -> &str {
        "script"
    }
}

/// The Body of a request.
fn body(inner: &str) -> String {
    format!("<soap11env:Body>{inner}</soap11env:Body>")
}
