//! A service on a free port, and a client that sends exactly the bytes it is given.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use soap_runtime::{Fault, HttpSettings, Service, ServiceId, SessionToken, Status, soap_service};
use tokio::sync::oneshot;

/// Answers at once with what it understood: the waiter's signature, without the waiting.
pub(crate) struct Echo;

#[soap_service(path = "/waiter/Waiter", namespace = "tns", name = "WaiterService", naming = "flask-spyne")]
impl Echo {
    #[operation(outputs(status_base64, result))]
    async fn start_waiter(
        &self,
        service_id: ServiceId,
        session_token: SessionToken,
        #[soap(default = 300, xsd = "integer")] seconds_to_wait: u32,
    ) -> Result<(Status, String), Fault> {
        let token = session_token.expose();
        Ok((Status::Unchanged, format!("{}|{token}|{seconds_to_wait}", service_id.as_str())))
    }

    #[operation(outputs(status_base64, result))]
    async fn get_service_status(
        &self,
        service_id: ServiceId,
        _session_token: SessionToken,
    ) -> Result<(Status, String), Fault> {
        Err(Fault::client(format!("there is no execution {service_id}")))
    }

    #[operation(outputs(text))]
    async fn echo(&self, text: String) -> String {
        text
    }

    #[operation(outputs(double, float))]
    async fn floats(&self, double: f64, float: f32) -> (f64, f32) {
        (double * 10.0, float * 10.0)
    }

    #[operation]
    fn break_down(&self, how: String) -> Result<(), Fault> {
        match how.as_str() {
            "fault" => Err(Fault::server("the mesh is broken").with_log("element 7 is inside out")),
            _ => panic!("the method broke down"),
        }
    }
}

/// A server that ends with the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(HttpSettings::default())
    }

    pub(crate) fn with(settings: HttpSettings) -> Self {
        Self::serving(Service::new(Echo).expect("it fits the rules"), settings)
    }

    pub(crate) fn serving(service: Service, settings: HttpSettings) -> Self {
        Self::serving_all(vec![service], settings)
    }

    pub(crate) fn serving_all(services: Vec<Service>, settings: HttpSettings) -> Self {
        let router = soap_runtime::router(services, settings).expect("each has a path of its own");
        let (said, heard) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                said.send(listener.local_addr().expect("it is bound")).expect("the test listens");
                let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>());
                tokio::select! {
                    _ = server => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_background();
        });
        Self { address: heard.recv().expect("the server starts"), _stop: stop }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("an option of sockets");
        stream
    }

    /// Sends `bytes` as they are and reads until the server closes.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("the server reads");
        Answer::read(stream)
    }

    /// A request with a head of its own and a length.
    pub(crate) fn request(&self, start: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut bytes = format!("{start}\r\nHost: test.example:81\r\nConnection: close\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        bytes.extend_from_slice(body);
        self.send(&bytes)
    }

    pub(crate) fn post(&self, body: impl AsRef<[u8]>) -> Answer {
        self.post_as("text/xml; charset=utf-8", body)
    }

    pub(crate) fn post_as(&self, content_type: &str, body: impl AsRef<[u8]>) -> Answer {
        self.request("POST /waiter/Waiter HTTP/1.1", &[("Content-Type", content_type)], body.as_ref())
    }

    /// Calls `startWaiter` with these arguments in its element.
    pub(crate) fn start_waiter(&self, arguments: &str) -> Answer {
        self.post(soap11(&format!("<t:startWaiter xmlns:t=\"tns\">{arguments}</t:startWaiter>")))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {path} HTTP/1.1"), &[], b"")
    }
}

pub(crate) const SOAP11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
pub(crate) const SOAP12: &str = "http://www.w3.org/2003/05/soap-envelope";

pub(crate) fn soap11(body: &str) -> String {
    envelope(SOAP11, "", body)
}

pub(crate) fn envelope(namespace: &str, header: &str, body: &str) -> String {
    format!("<s:Envelope xmlns:s=\"{namespace}\">{header}<s:Body>{body}</s:Body></s:Envelope>")
}

/// The call that is known to work.
pub(crate) fn good() -> String {
    soap11("<t:startWaiter xmlns:t=\"tns\"><t:serviceID>a</t:serviceID></t:startWaiter>")
}

/// What the server sent.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the server answers");
        Self::parse(&bytes)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).expect("answers are UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }

    /// The text of the first element of this name, whatever its prefix.
    pub(crate) fn element(&self, name: &str) -> Option<String> {
        let mut reader = quick_xml::Reader::from_str(&self.body);
        loop {
            match reader.read_event().expect("answers are XML") {
                quick_xml::events::Event::Start(tag) if tag.local_name().as_ref() == name => {
                    let text = reader.read_text(tag.name()).expect("it ends").into_inner();
                    return Some(quick_xml::escape::unescape(&text).expect("known entities").into_owned());
                }
                quick_xml::events::Event::Eof => return None,
                _ => {}
            }
        }
    }

    /// The output `result` of a call that went well.
    #[track_caller]
    pub(crate) fn result(&self) -> String {
        assert_eq!(self.status, 200, "{self:?}");
        self.element("result").unwrap_or_else(|| panic!("no result: {self:?}"))
    }

    /// The message of a SOAP 1.1 fault with this code.
    #[track_caller]
    pub(crate) fn fault(&self, code: &str) -> String {
        assert_eq!(self.element("faultcode").as_deref(), Some(&*format!("soap11env:{code}")), "{self:?}");
        self.element("faultstring").expect("a fault says why")
    }

    /// The message of a SOAP 1.1 fault that is the caller's, whatever the rest of its code.
    #[track_caller]
    pub(crate) fn client_fault(&self) -> String {
        let code = self.element("faultcode").unwrap_or_else(|| panic!("no fault: {self:?}"));
        assert!(code.starts_with("soap11env:Client"), "{self:?}");
        self.element("faultstring").expect("a fault says why")
    }
}

/// Closes the sending half, as clients do that have said all.
pub(crate) fn finish_sending(stream: &TcpStream) {
    stream.shutdown(Shutdown::Write).expect("it is open");
}
