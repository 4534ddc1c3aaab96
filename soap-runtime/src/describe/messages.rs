//! Whether the messages of a service can be told apart, and hold what their style can say.

use super::{Body, OperationDescription, Part, ServiceDescription};

/// A global element of the schema.
struct Element<'a> {
    name: &'a str,
    holds: Holds<'a>,
    /// What it is, in words for a message.
    what: String,
}

#[derive(PartialEq)]
enum Holds<'a> {
    Parts(&'a [Part]),
    Value(&'a Part),
}

impl PartialEq for Element<'_> {
    /// Whether one declaration does for both: the name of an argument and its docs are no part of it.
    fn eq(&self, other: &Self) -> bool {
        match (&self.holds, &other.holds) {
            (Holds::Value(one), Holds::Value(other)) => {
                (&one.schema, one.occurs.nillable) == (&other.schema, other.occurs.nillable)
            }
            (one, other) => one == other,
        }
    }
}

impl ServiceDescription {
    pub(super) fn check_messages(&self) -> Result<(), String> {
        self.operations.iter().try_for_each(check_body)?;
        self.check_requests()?;
        self.check_elements()?;
        self.check_headers()
    }

    /// The element in the Body says which operation is meant.
    fn check_requests(&self) -> Result<(), String> {
        for (at, operation) in self.operations.iter().enumerate() {
            let same = |other: &&OperationDescription| other.request == operation.request;
            if let Some(other) = self.operations[..at].iter().find(same) {
                return Err(format!(
                    "the requests of `{}` and `{}` are both called `{}`, and nothing else tells them apart; give one \
                     another `request`",
                    other.name, operation.name, operation.request,
                ));
            }
        }
        Ok(())
    }

    /// One element stands for one thing.
    fn check_elements(&self) -> Result<(), String> {
        let mut elements: Vec<Element<'_>> = Vec::new();
        for element in self.operations.iter().flat_map(elements_of) {
            match elements.iter().find(|known| known.name == element.name) {
                None => elements.push(element),
                Some(known) if *known == element => {}
                Some(known) => {
                    return Err(format!(
                        "the element `{}` is {} and {}, which are not the same; rename one of them",
                        element.name, known.what, element.what,
                    ));
                }
            }
        }
        Ok(())
    }

    /// The messages of headers have names that follow from those of others.
    fn check_headers(&self) -> Result<(), String> {
        let names = || self.operations.iter().flat_map(|operation| [&*operation.request, &*operation.response]);
        for operation in &self.operations {
            for (message, headers) in
                [(&operation.request, &operation.input_headers), (&operation.response, &operation.output_headers)]
            {
                let taken = names().find(|name| name.strip_suffix("Headers") == Some(message));
                if let Some(taken) = taken.filter(|_| !headers.is_empty()) {
                    return Err(format!(
                        "the message `{taken}` has the name of the headers of `{message}`; rename it with `request`, \
                         `response` or `name`",
                    ));
                }
            }
        }
        Ok(())
    }
}

fn check_body(operation: &OperationDescription) -> Result<(), String> {
    let OperationDescription { name, body, input, output, .. } = operation;
    match body {
        Body::Wrapped => Ok(()),
        Body::Bare => match [("argument", input), ("output", output)].iter().find(|(_, parts)| parts.len() > 1) {
            Some((what, parts)) => Err(format!(
                "`{name}` is `bare` and has {} {what}s, and a bare message is one; leave `bare` out, or put them into \
                 a `SoapType`",
                parts.len(),
            )),
            None => Ok(()),
        },
        // Arguments may be absent or nil all the same: old clients leave them out.
        Body::Rpc => match output.iter().find(|part| part.occurs.nillable) {
            Some(part) => Err(format!(
                "the output `{}` of `{name}` may have no value, and rpc/literal can neither leave it out nor say that \
                 it is nil (Basic Profile 1.1 R2211); return a value, a list, or a struct with an optional field",
                part.name,
            )),
            None => Ok(()),
        },
    }
}

fn elements_of(operation: &OperationDescription) -> Vec<Element<'_>> {
    let name = operation.name;
    let mut elements = Vec::new();
    for (element, parts, what) in
        [(&operation.request, &operation.input, "request"), (&operation.response, &operation.output, "reply")]
    {
        let holds = match operation.body {
            Body::Wrapped => Some(Holds::Parts(parts)),
            Body::Bare => parts.first().map(Holds::Value),
            Body::Rpc => None,
        };
        let holds = holds.filter(|_| what == "request" || !operation.is_one_way);
        elements.extend(holds.map(|holds| Element { name: element, holds, what: format!("the {what} of `{name}`") }));
    }
    for header in operation.input_headers.iter().chain(&operation.output_headers) {
        let what = format!("a header of `{name}`");
        elements.push(Element { name: &header.name, holds: Holds::Value(header), what });
    }
    elements
}

#[cfg(test)]
mod tests {
    use crate::describe::{Body, Naming, OperationDescription, Part, ServiceDescription};
    use crate::wsdl::samples::mesher;

    /// What is wrong with a service that has two operations, `a` and `b`.
    fn problem(change: impl FnOnce(&mut [OperationDescription])) -> Option<String> {
        let mut operations = vec![OperationDescription::new("a", ""), OperationDescription::new("b", "")];
        change(&mut operations);
        let service = ServiceDescription { operations, ..mesher(Naming::Standard) };
        service.check().err().map(|error| error.to_string())
    }

    #[test]
    fn messages_that_cannot_be_told_apart_or_said_are_refused() {
        let text = || Part::of::<String>("text", "");
        type Change = Box<dyn FnOnce(&mut [OperationDescription])>;
        let cases: Vec<(Change, &str)> = vec![
            (Box::new(|o| o[1].request = "a".into()), "the requests of `a` and `b` are both called `a`"),
            (
                Box::new(move |o| {
                    o[0].output = vec![text()];
                    o[1].response = "aResponse".into();
                }),
                "the element `aResponse` is the reply of `a` and the reply of `b`, which are not the same",
            ),
            (
                Box::new(move |o| {
                    o[0].input_headers = vec![text()];
                    o[1].output_headers = vec![Part::of::<i32>("text", "")];
                }),
                "the element `text` is a header of `a` and a header of `b`, which are not the same",
            ),
            (
                Box::new(move |o| {
                    o[0].input_headers = vec![text()];
                    o[1].request = "aHeaders".into();
                }),
                "the message `aHeaders` has the name of the headers of `a`",
            ),
            (
                Box::new(move |o| {
                    o[0].body = Body::Bare;
                    o[0].output = vec![text(), Part::of::<i32>("number", "")];
                }),
                "`a` is `bare` and has 2 outputs, and a bare message is one",
            ),
            (
                Box::new(|o| {
                    o[0].body = Body::Rpc;
                    o[0].output = vec![Part::of::<Option<String>>("text", "")];
                }),
                "the output `text` of `a` may have no value",
            ),
        ];
        for (change, expected) in cases {
            let problem = problem(change).expect(expected);
            assert!(problem.contains(expected), "{problem}");
        }
    }

    #[test]
    fn messages_that_are_the_same_may_have_one_element() {
        assert_eq!(problem(|o| o[1].response = "aResponse".into()), None);
        assert_eq!(problem(|o| o[0].response = "a".into()), None, "both hold nothing");
        assert_eq!(
            problem(|o| {
                o[0].input_headers = vec![Part::of::<String>("text", "")];
                o[1].output_headers = vec![Part::of::<String>("text", "Docs.")];
                o[1].body = Body::Rpc;
                o[1].output = vec![Part::of::<Vec<i32>>("numbers", "")];
            }),
            None
        );
    }
}
