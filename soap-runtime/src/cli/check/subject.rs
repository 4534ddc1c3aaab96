//! Which operation plays which part for the platform.

pub(super) use crate::cli::execution::{
    ABORT, EXTRA_PARAMETERS, GET_STATUS, NOTIFY, SERVICE_ID, SESSION_TOKEN, STATUS,
};
pub(super) use crate::cli::platform::FILLED_IN;
use crate::client::dynamic::Call;
use crate::wsdl::model::{Definitions, Element, Operation, Port, Service};

pub(super) const MESSAGE: &str = "message";

/// A service as the platform sees it.
pub(super) struct Subject<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) service: &'a Service,
    pub(super) port: &'a Port,
    /// The operation that was named.
    pub(super) named: Option<&'a Operation>,
    /// Those that start executions: the one that was named, else all.
    pub(super) starts: Vec<&'a Operation>,
    pub(super) status: Option<&'a Operation>,
    pub(super) abort: Option<&'a Operation>,
    pub(super) notify: Option<&'a Operation>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        definitions: &'a Definitions,
        (service, port): (&'a Service, &'a Port),
        named: Option<&'a Operation>,
    ) -> Self {
        let find = |name: &str| port.operations.iter().find(|operation| operation.name == name);
        let mut starts = all_starts(port);
        if let Some(named) = named.filter(|named| !is_reserved(&named.name)) {
            starts.retain(|start| start.name == named.name);
        }
        let (status, abort, notify) = (find(GET_STATUS), find(ABORT), find(NOTIFY));
        Self { definitions, service, port, named, starts, status, abort, notify }
    }

    pub(super) fn call(&self, operation: &'a Operation) -> Call<'a> {
        Call::new(self.definitions, self.port, operation)
    }

    /// The three operations beside the start, as far as they are there.
    pub(super) fn helpers(&self) -> impl Iterator<Item = &'a Operation> {
        [self.status, self.abort, self.notify].into_iter().flatten()
    }
}

fn is_asynchronous(port: &Port) -> bool {
    port.operations.iter().any(|operation| operation.name == GET_STATUS)
}

fn is_reserved(name: &str) -> bool {
    [GET_STATUS, ABORT, NOTIFY].contains(&name)
}

/// Whoever gives a status starts an execution; where nobody does and one has to, whoever takes an id.
fn all_starts(port: &Port) -> Vec<&Operation> {
    let others = || port.operations.iter().filter(|operation| !is_reserved(&operation.name));
    let starts: Vec<_> = others().filter(|operation| is_start(operation)).collect();
    if !starts.is_empty() || !is_asynchronous(port) {
        return starts;
    }
    let with_id: Vec<_> = others().filter(|one| inputs(one).iter().any(|input| alike(input, SERVICE_ID))).collect();
    match with_id.is_empty() {
        true => others().collect(),
        false => with_id,
    }
}

fn is_start(operation: &Operation) -> bool {
    outputs(operation).iter().any(|output| alike(output, STATUS))
}

pub(super) fn inputs(operation: &Operation) -> &[Element] {
    operation.input.body.parts()
}

pub(super) fn outputs(operation: &Operation) -> &[Element] {
    operation.output.as_ref().map_or(&[], |output| output.body.parts())
}

/// The inputs that the platform fills in, unlike those that only the service knows.
pub(super) fn is_filled_in(input: &Element) -> bool {
    FILLED_IN.contains(&input.name.local.as_str())
}

/// Whether a name is meant, however it is spelt.
pub(super) fn alike(element: &Element, name: &str) -> bool {
    plain(&element.name.local) == plain(name)
}

/// A name without what people spell differently.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
