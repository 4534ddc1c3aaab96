//! Outputs that are no text, several, many or long.

use soap_runtime::{Job, JobError, Service, SoapOutput, soap_service};

use super::client::{Client, TOKEN, Told};
use super::operations::from_threads;
use super::places::{Folder, Here, Program};
use super::schema::Schema;
use crate::processes::eventually;
use crate::server::Answer;

/// What two jobs return.
#[derive(SoapOutput)]
struct Mesh {
    /// How many.
    elements: u64,
    #[soap(name = "totalMass")]
    mass: f64,
    is_closed: bool,
    parts: Vec<String>,
    sizes: Vec<f64>,
    note: Option<String>,
    worst: Option<i32>,
    picture: Vec<u8>,
}

struct Mesher;

#[soap_service(path = "/Mesher", namespace = "urn:mesher")]
impl Mesher {
    #[job(name = "startMesher")]
    async fn mesh(
        &self,
        job: Job,
        #[soap(default = 7)] elements: u64,
        #[soap(default)] is_full: bool,
        sizes: Vec<f64>,
    ) -> Result<Mesh, JobError> {
        while job.messages().is_empty() {
            job.sleep(std::time::Duration::from_millis(5)).await?;
        }
        Ok(Mesh {
            elements,
            mass: 0.5,
            is_closed: true,
            parts: if is_full { vec!["a".to_owned(), "<b>".to_owned()] } else { Vec::new() },
            sizes,
            note: is_full.then(|| "note".to_owned()),
            worst: is_full.then_some(-1),
            picture: vec![0, 1, 2],
        })
    }

    #[job]
    async fn refine(&self, job: Job) -> Mesh {
        let _ = job.log("refines");
        Mesh {
            elements: 1,
            mass: f64::INFINITY,
            is_closed: false,
            parts: Vec::new(),
            sizes: Vec::new(),
            note: None,
            worst: None,
            picture: Vec::new(),
        }
    }
}

fn mesher(folder: &Folder) -> (Here, Client, Schema) {
    let here =
        Here::serving(folder.path(), |_| {}, |jobs| vec![Service::with_jobs(Mesher, jobs).expect("it fits the rules")]);
    let client = Client { address: here.address, path: "/Mesher", namespace: "urn:mesher", token: TOKEN };
    let schema = Schema::of(&client);
    (here, client, schema)
}

fn status(client: &Client, schema: &Schema, id: &str) -> Answer {
    let answer = client.call("getServiceStatus", &client.execution(id));
    schema.check(&answer);
    answer
}

fn completed(client: &Client, schema: &Schema, id: &str) -> Answer {
    eventually(|| Some(status(client, schema, id)).filter(|answer| answer.body.contains(">COMPLETED<")))
}

#[test]
fn outputs_that_are_no_text_have_no_value_until_the_end() {
    let folder = Folder::new();
    let (_here, client, schema) = mesher(&folder);
    for operation in ["startMesher", "refine", "getServiceStatus"] {
        let outputs = schema.elements(&format!("{operation}Response"));
        let wanted =
            ["status_base64", "elements", "totalMass", "is_closed", "parts", "sizes", "note", "worst", "picture"];
        assert_eq!(outputs, wanted, "{operation}");
    }
    let full = "<isFull>true</isFull><sizes>1</sizes><sizes>2.5</sizes>";
    let started = client.call("startMesher", &(client.execution("a") + full));
    schema.check(&started);
    let not_yet = [started, status(&client, &schema, "a")];
    for answer in not_yet {
        for name in ["elements", "totalMass", "is_closed", "worst", "picture"] {
            let nil = format!("<tns:{name} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>");
            assert!(answer.body.contains(&nil), "{name} in {answer:?}");
        }
        assert_eq!(answer.element("note").as_deref(), Some("UNSET"));
        assert!(!answer.body.contains("tns:parts") && !answer.body.contains("tns:sizes"), "{answer:?}");
    }
    client.notify("a", "go on");
    let body = completed(&client, &schema, "a").body;
    let outputs = "<tns:elements>7</tns:elements><tns:totalMass>0.5</tns:totalMass><tns:is_closed>true</tns:is_closed>\
                   <tns:parts>a</tns:parts><tns:parts>&lt;b&gt;</tns:parts><tns:sizes>1.0</tns:sizes>\
                   <tns:sizes>2.5</tns:sizes><tns:note>note</tns:note><tns:worst>-1</tns:worst>\
                   <tns:picture>AAEC</tns:picture></tns:getServiceStatusResponse>";
    assert!(body.contains(outputs), "{body}");
}

#[test]
fn outputs_that_are_not_there_are_left_out_at_the_end() {
    let folder = Folder::new();
    let (here, client, schema) = mesher(&folder);
    schema.check(&client.call("refine", &client.execution("a")));
    let outputs = "<tns:status_base64>COMPLETED</tns:status_base64><tns:elements>1</tns:elements>\
                   <tns:totalMass>INF</tns:totalMass><tns:is_closed>false</tns:is_closed>\
                   <tns:picture></tns:picture></tns:getServiceStatusResponse>";
    let body = completed(&client, &schema, "a").body;
    assert!(body.contains(outputs), "{body}");
    drop(here);
    let (_here, client, _) = mesher(&folder);
    assert_eq!(status(&client, &schema, "a").body, body, "the same from the database");
}

#[test]
fn the_same_arguments_are_the_same_however_they_are_written() {
    let folder = Folder::new();
    let (_here, client, _) = mesher(&folder);
    let id = client.execution("a");
    let start = |arguments: &str| client.call("startMesher", &(id.clone() + arguments));
    assert_eq!(start("<sizes>1</sizes><sizes>20</sizes>").status, 200);
    for same in [
        "<sizes>1</sizes><sizes>20</sizes>",
        "<elements>7</elements><sizes>1.0</sizes><sizes>2e1</sizes><isFull>0</isFull>",
        "<sizes> 1 </sizes><isFull>\nfalse </isFull><sizes>+20.00</sizes><elements>\t007 </elements>",
        "<unknown>x</unknown><sizes>1</sizes><!-- so --><sizes><![CDATA[20]]></sizes>",
    ] {
        assert_eq!(start(same).status, 200, "{same}");
    }
    for other in [
        "<sizes>20</sizes><sizes>1</sizes>",
        "<sizes>1</sizes>",
        "<elements>8</elements><sizes>1</sizes><sizes>20</sizes>",
        "<isFull>1</isFull><sizes>1</sizes><sizes>20</sizes>",
    ] {
        assert!(start(other).client_fault().contains("other arguments"), "{other}");
    }
    // The serviceID and the token behind them are the same ones.
    let behind = client.call("startMesher", &format!("<sizes>1</sizes><sizes>20</sizes>{id}"));
    assert_eq!(behind.status, 200, "{behind:?}");
}

#[test]
fn long_outputs_come_back_whole_also_after_a_restart() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    // With `<tns:result>` around them, 128 bytes are the most that are kept in memory.
    let lengths = [0, 1, 101, 102, 103, 104, 127, 128, 129, 5_000_000];
    let poll = |client: &Client| {
        let answers = from_threads(lengths.len(), |thread| client.wait(&lengths[thread].to_string()));
        for (length, answer) in lengths.iter().zip(answers) {
            assert_eq!(answer, Told::Completed("x".repeat(*length)), "{length}");
        }
    };
    for length in lengths {
        here.client().start(&length.to_string(), &format!("big {length}"));
    }
    poll(&here.client());
    drop(here);
    let again = Here::open(folder.path(), |_| {});
    poll(&again.client());
}

#[test]
fn long_outputs_come_back_whole_from_processes() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[("MAX_RUNNING", "4")]);
    let client = program.client();
    let lengths = [0, 103, 104, 5_000_000];
    for length in lengths {
        client.start(&length.to_string(), &format!("big {length}"));
    }
    for length in lengths {
        assert_eq!(client.wait(&length.to_string()), Told::Completed("x".repeat(length)), "{length}");
    }
}
