//! What is asked of the servers, in the form that zeep sends, but for `Accept-Encoding`: plain axum would
//! not compress, and be compared with one that does.

/// The path that all servers answer at.
pub(crate) const PATH: &str = "/waiter/Waiter";
/// Whose executions all of them are.
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// The name of an execution.
pub(crate) fn service_id(job: usize) -> String {
    format!("5b6f1c1a-7d2e-4f8e-9a54-{job:012}")
}

/// Asks how an execution stands.
pub(crate) fn poll(job: usize) -> String {
    call("getServiceStatus", &execution(job))
}

/// How long a job takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Length {
    /// It ends at once.
    None,
    /// As long as anything is measured; it says how far it is every second.
    Reporting,
    /// As long as anything is measured, and it says nothing.
    Sleeping,
}

/// Starts an execution.
pub(crate) fn start(job: usize, length: Length) -> String {
    let (steps, seconds) = match length {
        Length::None => (0, 0),
        Length::Reporting => (36_000, 1),
        Length::Sleeping => (1, 36_000),
    };
    let arguments = format!("{}<ns0:steps>{steps}</ns0:steps><ns0:seconds>{seconds}</ns0:seconds>", execution(job));
    call("startWaiter", &arguments)
}

/// A request with one long string argument.
pub(crate) fn measure(length: usize) -> String {
    call("measure", &format!("<ns0:text>{}</ns0:text>", "x".repeat(length)))
}

fn execution(job: usize) -> String {
    format!("<ns0:serviceID>{}</ns0:serviceID><ns0:sessionToken>{TOKEN}</ns0:sessionToken>", service_id(job))
}

fn call(operation: &str, arguments: &str) -> String {
    let body = format!(
        "<?xml version='1.0' encoding='utf-8'?>\n<soap-env:Envelope xmlns:soap-env=\
         \"http://schemas.xmlsoap.org/soap/envelope/\"><soap-env:Body><ns0:{operation} xmlns:ns0=\"tns\">{arguments}\
         </ns0:{operation}></soap-env:Body></soap-env:Envelope>"
    );
    format!(
        "POST {PATH} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Zeep/4.3.2\r\n\
         Accept: */*\r\nConnection: keep-alive\r\nSOAPAction: \"{operation}\"\r\n\
         Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
