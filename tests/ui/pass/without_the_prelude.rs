//! Expansions name everything from the root.

#![no_implicit_prelude]

/// What an expansion must not pick up in place of what it means.
mod soap_runtime {}
mod std {}
mod core {}

use ::std::clone::Clone;
use ::std::convert::From;
use ::std::string::String;

#[derive(::soap_runtime::SoapOutput)]
struct Progress {
    status_base64: ::soap_runtime::Status,
    writer: String,
}

#[derive(Debug, ::soap_runtime::SoapFault)]
enum DeskError {
    Unknown { writer: String, fault: String, f0: String },
    Closed,
    Lost(#[soap(skip)] ::std::io::Error),
}

impl ::std::fmt::Display for DeskError {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("refused")
    }
}

impl ::std::error::Error for DeskError {}

#[derive(Debug, ::soap_runtime::SoapFault)]
struct Late;

impl ::std::fmt::Display for Late {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("late")
    }
}

impl ::std::error::Error for Late {}

struct Desk;

#[::soap_runtime::soap_service]
impl Desk {
    /// `clone` and `this` mean something else to an `Arc` and to the closure.
    #[operation]
    fn clone(
        &self,
        this: String,
        #[soap(default = String::from("a0"))] a0: String,
        #[soap(default)] d: String,
    ) -> String {
        this.clone() + &a0 + &d
    }

    #[operation]
    async fn find(&self, service_id: ::soap_runtime::ServiceId) -> ::std::result::Result<Progress, DeskError> {
        match service_id.as_str() {
            "unknown" => ::std::result::Result::Err(DeskError::Unknown {
                writer: String::new(),
                fault: String::new(),
                f0: String::new(),
            }),
            "closed" => ::std::result::Result::Err(DeskError::Closed),
            "lost" => ::std::result::Result::Err(DeskError::Lost(::std::io::Error::other("ash"))),
            _ => ::std::result::Result::Ok(Progress {
                status_base64: ::soap_runtime::Status::Completed,
                writer: String::new(),
            }),
        }
    }

    #[operation]
    async fn nothing(&self) -> ::std::result::Result<(), Late> {
        ::std::result::Result::Err(Late)
    }
}

struct Mill;

#[::soap_runtime::soap_service(on_failure(complete(flour)), abort_output = "stopped")]
impl Mill {
    /// `job` and `this` mean something else to the closure.
    #[job(outputs(flour), requeue)]
    async fn clone(&self, this: ::soap_runtime::Job, job: String, #[soap(default)] a0: String) -> String {
        ::std::mem::drop(this);
        job + &a0
    }

    #[job(outputs(flour))]
    fn handle(&self, _: ::soap_runtime::BlockingJob) -> ::std::result::Result<String, Late> {
        ::std::result::Result::Err(Late)
    }
}

struct Pump;

#[::soap_runtime::soap_service(namespace = "urn:well")]
trait Well {
    /// `message` and `answer` mean something else to the client.
    #[operation(outputs(answer))]
    async fn clone(&self, message: String, #[soap(default)] answer: String) -> String;

    #[job(outputs(answer))]
    async fn draw(&self, job: ::soap_runtime::Job, #[soap(name = "depth")] every: String) -> String;

    #[operation(one_way)]
    fn fill(&self, #[soap(header)] service_id: String);
}

#[::soap_runtime::soap_service]
impl Well for Pump {
    async fn clone(&self, message: String, answer: String) -> String {
        message + &answer
    }

    async fn draw(&self, _: ::soap_runtime::Job, every: String) -> String {
        every
    }

    fn fill(&self, _: String) {}
}

fn main() {
    ::std::assert!(::soap_runtime::Service::new(Desk).is_ok());
    ::std::mem::drop(WellClient::connect("http://localhost"));
    ::std::mem::drop(<Mill as ::soap_runtime::SoapService>::definition());
}
