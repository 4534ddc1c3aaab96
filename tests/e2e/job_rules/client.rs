//! What a caller asks of a service with jobs, and what it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::processes::{LONG, eventually};
use crate::server::{Answer, soap11};

/// The token of calls that name none.
pub(super) const TOKEN: &str = "secret";

/// What a poll is told of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A page, out of its base64.
    Page(String),
    Unchanged,
    /// The output `result`.
    Completed(String),
    /// The message of a fault.
    Fault(String),
}

impl Told {
    pub(super) fn of(answer: &Answer) -> Self {
        if let Some(message) = answer.element("faultstring") {
            return Self::Fault(message);
        }
        let status = answer.element("status_base64").unwrap_or_else(|| panic!("no status: {answer:?}"));
        match &*status {
            "COMPLETED" => Self::Completed(answer.result()),
            "UNCHANGED" => Self::Unchanged,
            page => {
                let page = STANDARD.decode(page).expect("a page comes in base64");
                Self::Page(String::from_utf8(page).expect("a page is text"))
            }
        }
    }

    #[track_caller]
    pub(super) fn page(self) -> String {
        match self {
            Self::Page(page) => page,
            other => panic!("no page: {other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn fault(self) -> String {
        match self {
            Self::Fault(message) => message,
            other => panic!("no fault: {other:?}"),
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self, Self::Completed(_) | Self::Fault(_))
    }
}

/// A caller of one service.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) address: SocketAddr,
    pub(super) path: &'static str,
    pub(super) namespace: &'static str,
    pub(super) token: &'static str,
}

impl Client {
    /// Of the puppet.
    pub(super) fn new(address: SocketAddr) -> Self {
        Self { address, path: "/Puppet", namespace: "urn:puppet", token: TOKEN }
    }

    pub(super) fn at(&self, path: &'static str) -> Self {
        Self { path, ..self.clone() }
    }

    pub(super) fn with_token(&self, token: &'static str) -> Self {
        Self { token, ..self.clone() }
    }

    /// A connection that can be used again and again.
    pub(super) fn connect(&self) -> Line {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(LONG)).expect("an option of sockets");
        stream.set_nodelay(true).expect("an option of sockets");
        Line { client: self.clone(), stream: BufReader::new(stream) }
    }

    /// The arguments are the XML in the element of the operation, without a namespace.
    pub(super) fn call(&self, operation: &str, arguments: &str) -> Answer {
        self.connect().call(operation, arguments)
    }

    /// Has a puppet play a script.
    pub(super) fn start(&self, id: &str, script: &str) -> Told {
        self.connect().start(id, script)
    }

    /// The same with another start operation.
    pub(super) fn start_with(&self, operation: &str, id: &str, arguments: &str) -> Told {
        Told::of(&self.call(operation, &(self.execution(id) + arguments)))
    }

    pub(super) fn status(&self, id: &str) -> Told {
        self.connect().status(id)
    }

    /// Whether nothing is left of it.
    pub(super) fn abort(&self, id: &str) -> bool {
        let answer = self.call("abortService", &self.execution(id));
        answer.element("success").unwrap_or_else(|| panic!("no success: {answer:?}")) == "true"
    }

    #[track_caller]
    pub(super) fn notify(&self, id: &str, message: &str) {
        let answer = self.try_notify(id, message);
        assert_eq!(answer.element("response").as_deref(), Some("OK"), "{answer:?}");
    }

    pub(super) fn try_notify(&self, id: &str, message: &str) -> Answer {
        self.call("notifyService", &(self.execution(id) + &argument("message", message)))
    }

    /// Polls to the end.
    #[track_caller]
    pub(super) fn wait(&self, id: &str) -> Told {
        let mut line = self.connect();
        eventually(|| Some(line.status(id)).filter(Told::has_ended))
    }

    /// Polls until a page has all of `words`.
    #[track_caller]
    pub(super) fn wait_for_page(&self, id: &str, words: &[&str]) -> String {
        let mut line = self.connect();
        eventually(|| match line.status(id) {
            Told::Page(page) => words.iter().all(|word| page.contains(word)).then_some(page),
            Told::Unchanged => None,
            ended => panic!("no page with {words:?} came before {ended:?}"),
        })
    }

    /// What the service publishes of itself.
    pub(super) fn wsdl(&self) -> String {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let request = format!("GET {}?wsdl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", self.path);
        stream.write_all(request.as_bytes()).expect("it reads");
        Answer::read(stream).body
    }

    pub(super) fn execution(&self, id: &str) -> String {
        argument("serviceID", id) + &argument("sessionToken", self.token)
    }
}

/// An open connection of a [`Client`].
pub(super) struct Line {
    client: Client,
    stream: BufReader<TcpStream>,
}

impl Line {
    pub(super) fn start(&mut self, id: &str, script: &str) -> Told {
        let arguments = self.client.execution(id) + &argument("script", script);
        Told::of(&self.call("startPuppet", &arguments))
    }

    pub(super) fn status(&mut self, id: &str) -> Told {
        let arguments = self.client.execution(id);
        Told::of(&self.call("getServiceStatus", &arguments))
    }

    pub(super) fn call(&mut self, operation: &str, arguments: &str) -> Answer {
        self.send(operation, arguments);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.stream.read_line(&mut head).expect("the server answers");
            assert!(read > 0, "the server hung up: {head}");
        }
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().expect("a number"))
        });
        let mut bytes = head.into_bytes();
        let start = bytes.len();
        bytes.resize(start + length.unwrap_or(0), 0);
        self.stream.read_exact(&mut bytes[start..]).expect("the answer is whole");
        Answer::parse(&bytes)
    }

    /// Without waiting for the answer.
    pub(super) fn send(&mut self, operation: &str, arguments: &str) {
        let Client { path, namespace, .. } = self.client;
        let body = soap11(&format!("<t:{operation} xmlns:t=\"{namespace}\">{arguments}</t:{operation}>"));
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
        self.stream.get_mut().write_all((head + &body).as_bytes()).expect("it reads");
    }
}

/// An argument as XML, in no namespace.
pub(super) fn argument(name: &str, value: &str) -> String {
    let value = quick_xml::escape::escape(value).replace('\r', "&#13;").replace('\n', "&#10;");
    format!("<{name}>{value}</{name}>")
}
