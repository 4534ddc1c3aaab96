//! Where something changed.

/// A service, one of its operations, or something in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) service: String,
    pub(crate) operation: Option<String>,
    /// In which message; `None` for the operation as a whole.
    pub(crate) way: Option<Way>,
    /// The way into the message: `["order", "lines", "count"]`; attributes begin with `@`.
    pub(crate) path: Vec<String>,
}

/// Which message, or which part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    Input,
    Output,
    /// A header block of the request.
    InputHeader,
    /// A header block of the answer.
    OutputHeader,
    /// The fault that is declared by this name.
    Fault(String),
}

/// Who writes it: what is wider for those who read is narrower for those who write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// Callers.
    In,
    /// The service.
    Out,
}

impl Way {
    fn direction(&self) -> Direction {
        match self {
            Self::Input | Self::InputHeader => Direction::In,
            Self::Output | Self::OutputHeader | Self::Fault(_) => Direction::Out,
        }
    }

    /// As scripts see it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
            Self::InputHeader => "input header",
            Self::OutputHeader => "output header",
            Self::Fault(_) => "fault",
        }
    }
}

/// A place on the way through both documents.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) place: Place,
    /// The type with a name that it lies in.
    pub(super) scope: Option<Scope>,
}

/// In which pair of types with names, by its number, and how long the path was where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) pair: usize,
    depth: usize,
}

impl At {
    pub(super) fn service(name: &str) -> Self {
        Self { place: Place { service: name.to_owned(), ..Place::default() }, scope: None }
    }

    pub(super) fn operation(&self, name: &str) -> Self {
        let service = self.place.service.clone();
        Self { place: Place { service, operation: Some(name.to_owned()), ..Place::default() }, scope: None }
    }

    pub(super) fn message(&self, way: Way) -> Self {
        let place = Place { way: Some(way), path: Vec::new(), ..self.place.clone() };
        Self { place, scope: None }
    }

    pub(super) fn part(&self, name: &str) -> Self {
        let mut part = self.clone();
        part.place.path.push(name.to_owned());
        part
    }

    /// From here on it is inside of the types with this number.
    pub(super) fn inside(&self, pair: usize) -> Self {
        Self { place: self.place.clone(), scope: Some(Scope { pair, depth: self.place.path.len() }) }
    }

    /// The operation that it lies in.
    pub(super) fn whole_operation(&self) -> Self {
        Self { place: Place { way: None, path: Vec::new(), ..self.place.clone() }, scope: None }
    }

    /// The path inside of the type with a name.
    pub(super) fn local_path(&self) -> &[String] {
        &self.place.path[self.scope.map_or(0, |scope| scope.depth)..]
    }

    /// Only messages have one, and nothing is compared by it elsewhere.
    pub(super) fn direction(&self) -> Direction {
        self.place.way.as_ref().map_or(Direction::In, Way::direction)
    }

    /// `the input order.count`.
    pub(super) fn subject(&self) -> String {
        let path = self.place.path.join(".");
        match (&self.place.way, path.as_str()) {
            (None, _) => "it".to_owned(),
            (Some(Way::Input), "") => "its input".to_owned(),
            (Some(Way::Output), "") => "its output".to_owned(),
            (Some(Way::Input), path) => format!("the input {path}"),
            (Some(Way::Output), path) => format!("the output {path}"),
            (Some(Way::InputHeader), path) => format!("the header {path} of its request"),
            (Some(Way::OutputHeader), path) => format!("the header {path} of its answer"),
            (Some(Way::Fault(name)), "") => format!("the fault {name}"),
            (Some(Way::Fault(name)), path) => format!("the part {path} of the fault {name}"),
        }
    }

    /// All that lies in it: `the inputs`, `the parts of the input order`.
    pub(super) fn contents(&self) -> String {
        match (&self.place.way, self.place.path.is_empty()) {
            (Some(Way::Input), true) => "the inputs".to_owned(),
            (Some(Way::Output), true) => "the outputs".to_owned(),
            _ => format!("the parts of {}", self.subject()),
        }
    }

    /// The message: `its request`.
    pub(super) fn message_word(&self) -> String {
        match &self.place.way {
            Some(Way::Fault(name)) => format!("the fault {name}"),
            Some(Way::Output | Way::OutputHeader) => "its answer".to_owned(),
            Some(Way::Input | Way::InputHeader) | None => "its request".to_owned(),
        }
    }
}
