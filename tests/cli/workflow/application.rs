//! Applications: a user answers them, and they tell the workflow manager.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use soap_runtime::{Fault, HttpSettings, ServiceId, SessionToken, Status, soap_service};

use crate::program::{Said, command};

use super::shown;

/// Asks its user for a number. The user is a thread that answers wrongly at first.
struct Question;

#[soap_service(path = "/Question", namespace = "urn:question")]
impl Question {
    #[operation(outputs(status_base64, answer))]
    fn ask(
        &self,
        service_id: ServiceId,
        session_token: SessionToken,
        extra_parameters: String,
        text: String,
    ) -> Result<(Status, String), Fault> {
        let manager = extra_parameters.split(',').find_map(|pair| pair.strip_prefix("WFM=")).map(str::to_owned);
        let manager = manager.ok_or_else(|| Fault::client("there is no WFM in extraParameters"))?;
        thread::spawn(move || {
            for outputs in
                ["<ServiceOutputs><anser>7</anser></ServiceOutputs>", "<Outputs><answer>7</answer></Outputs>"]
            {
                finish(&manager, service_id.as_str(), session_token.expose(), outputs);
            }
        });
        Ok((Status::page(format!("<h1>{text}</h1>")), "UNSET".to_owned()))
    }
}

/// What the page of an application does when its button is pressed.
fn finish(manager: &str, id: &str, token: &str, outputs: &str) {
    let (host, path) = manager.trim_start_matches("http://").split_once('/').expect("a host and a path");
    let body = format!(
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:wor=\"http://www.eu-cloudflow.eu/dfki/WorkflowManager2/\"><soapenv:Header/><soapenv:Body>\
         <wor:serviceExecutionFinished><serviceID>{id}</serviceID><sessionToken>{token}</sessionToken>\
         <xmlOutputs_base64>{}</xmlOutputs_base64></wor:serviceExecutionFinished></soapenv:Body></soapenv:Envelope>",
        STANDARD.encode(outputs),
    );
    let head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/xml\r\nSOAPAction: \"\"\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(host).expect("it listens");
    stream.write_all((head + &body).as_bytes()).expect("it reads");
    stream.read_to_string(&mut String::new()).expect("it answers");
}

/// Serves until the program ends.
pub(crate) fn serve() -> SocketAddr {
    let service = soap_runtime::Service::new(Question).expect("it fits the rules");
    let router = soap_runtime::router(vec![service], HttpSettings::default()).expect("it has a path");
    let (said, heard) = mpsc::channel();
    thread::spawn(move || {
        tokio::runtime::Runtime::new().expect("a runtime").block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            said.send(listener.local_addr().expect("it is bound")).expect("the test listens");
            axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await
        })
    });
    heard.recv().expect("the server starts")
}

const WORKFLOW: &str = r##"<workflow URI="http://demo/wf.owl#Ask">
  <output URI="#answer" ID="answer"/>
  <input URI="#sessionToken" ID="sessionToken"/>
  <input URI="#extraParameters" ID="extraParameters"/>
  <services>
    <sequence>
      <service URI="http://demo/Question.owl#ask_Service">
        <input URI="http://demo/Question.owl#sessionToken" ID="sessionToken"/>
        <input URI="http://demo/Question.owl#extraParameters" ID="extraParameters"/>
        <input URI="http://demo/Question.owl#text" value="How many?"/>
        <output URI="http://demo/Question.owl#answer" ID="answer"/>
      </service>
    </sequence>
  </services>
</workflow>"##;

#[test]
fn an_application_is_waited_for_and_what_it_says_wrongly_is_told() {
    let address = serve().to_string();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("ask.xml");
    std::fs::write(&file, WORKFLOW).expect("a temporary folder");
    let bindings = folder.path().join("services.txt");
    let line = format!(
        "# what the platform calls it, and where it is\nhttp://demo/Question.owl#ask_Service http://{address}/Question?wsdl ask\n"
    );
    std::fs::write(&bindings, line).expect("a temporary folder");
    let [file, bindings] = [&file, &bindings].map(|path| path.to_str().expect("UTF-8"));
    let mut command = command(&["workflow", file, "--bindings", bindings]);
    command.env("SOAP_SESSION_TOKEN", "a-secret").env("SOAP_EXTRA_PARAMETERS", "gss=http://gss/?wsdl,");
    let said = Said::of(&mut command).expect_code(0);
    assert!(!said.to_string().contains("a-secret"), "{said}");
    insta::assert_snapshot!(shown(&said, folder.path()));
}
