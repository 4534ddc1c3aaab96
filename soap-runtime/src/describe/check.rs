//! What is wrong with a description, where the macro could not see it: names that come from types.

use super::{FaultDescription, OperationDescription, Part, ServiceDescription};

/// Why a service cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("service `{service}`: {problem}")]
pub struct DescriptionError {
    service: &'static str,
    problem: String,
}

impl DescriptionError {
    pub(crate) fn new(service: &'static str, problem: impl Into<String>) -> Self {
        Self { service, problem: problem.into() }
    }
}

impl ServiceDescription {
    /// Whether the service fits the contract of the platform and the rules of WSDL.
    ///
    /// # Errors
    /// The first rule that is broken, in words for the service's author.
    pub fn check(&self) -> Result<(), DescriptionError> {
        let checks = [
            Self::check_namespace,
            Self::check_operations,
            Self::check_parts,
            Self::check_faults,
            Self::check_messages,
            Self::check_status,
            Self::check_types,
            Self::check_foreign_elements,
            Self::check_facets,
        ];
        let found = checks.iter().find_map(|check| check(self).err());
        found.map_or(Ok(()), |problem| Err(DescriptionError { service: self.name, problem }))
    }

    /// Parsers refuse the whole document over a namespace that is no URI (RFC 3986 §2).
    fn check_namespace(&self) -> Result<(), String> {
        let allowed = |c: char| c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
        match self.namespace.chars().find(|&c| !allowed(c)) {
            _ if self.namespace.is_empty() => Err("the namespace is empty; give it a URI, or `tns`".to_owned()),
            Some(c) => Err(format!("the namespace `{}` is no URI: {c:?} cannot stand in one", self.namespace)),
            None => Ok(()),
        }
    }

    fn check_operations(&self) -> Result<(), String> {
        if self.operations.is_empty() {
            return Err("has no operation; mark a method with `#[operation]` or `#[job]`".to_owned());
        }
        if let Some(name) = repeated(self.operations.iter().map(|operation| operation.name)) {
            return Err(format!("two operations are called `{name}`; rename one with `#[operation(name = \"…\")]`"));
        }
        let names: Vec<_> = self.operations.iter().map(|operation| operation.name).collect();
        match names.iter().find(|name| name.strip_suffix("Response").is_some_and(|asked| names.contains(&asked))) {
            Some(name) => Err(format!(
                "the operation `{name}` has the name of another one's reply; rename it with \
                 `#[operation(name = \"…\")]`"
            )),
            None => Ok(()),
        }
    }

    fn check_parts(&self) -> Result<(), String> {
        self.operations.iter().try_for_each(|operation| {
            for (what, parts) in [("arguments", &operation.input), ("outputs", &operation.output)] {
                if let Some(name) = repeated(parts.iter().map(|part| &*part.name)) {
                    return Err(format!("`{}` has two {what} called `{name}`", operation.name));
                }
            }
            let arguments = operation.input.iter().chain(&operation.input_headers);
            arguments.into_iter().try_for_each(|part| check_published_type(operation, part))
        })
    }

    /// One element stands for one thing: faults of one name are the same fault.
    fn check_faults(&self) -> Result<(), String> {
        let faults: Vec<_> = self.operations.iter().flat_map(|operation| &operation.faults).collect();
        for (at, fault) in faults.iter().enumerate() {
            if faults[..at].iter().any(|other| other.name == fault.name && !holds_the_same(other, fault)) {
                return Err(format!("two different faults are called `{}`; rename one of them", fault.name));
            }
            let clashes = |operation: &OperationDescription| {
                let headers = operation.input_headers.iter().chain(&operation.output_headers);
                operation.request == fault.name
                    || operation.response == fault.name
                    || headers.into_iter().any(|header| header.name == fault.name)
            };
            if self.operations.iter().any(clashes) {
                return Err(format!("the fault `{}` has the name of a message; rename the fault", fault.name));
            }
        }
        Ok(())
    }

    /// The workflow manager reads the signature off the start method and the values off the last
    /// `getServiceStatus`, so the two must agree.
    fn check_status(&self) -> Result<(), String> {
        if self.is_foreign {
            return Ok(());
        }
        let Some(status) = self.operations.iter().find(|operation| operation.name == "getServiceStatus") else {
            return Ok(());
        };
        let names = |operation: &OperationDescription| -> Vec<String> {
            operation.output.iter().map(|part| part.name.to_string()).collect()
        };
        let expected = names(status);
        if expected.first().is_none_or(|first| first != "status_base64") {
            return Err("the first output of `getServiceStatus` must be `status_base64`".to_owned());
        }
        let starts = self.operations.iter().filter(|operation| {
            operation.name != status.name && operation.output.iter().any(|part| part.name == "status_base64")
        });
        for start in starts {
            if names(start) != expected {
                return Err(format!(
                    "`getServiceStatus` must return the outputs of `{}`: {} and not {}",
                    start.name,
                    names(start).join(", "),
                    expected.join(", "),
                ));
            }
        }
        Ok(())
    }
}

fn holds_the_same(one: &FaultDescription, other: &FaultDescription) -> bool {
    (&one.parts, &one.value) == (&other.parts, &other.value)
}

pub(super) fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = std::collections::HashSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}

fn check_published_type(operation: &OperationDescription, part: &Part) -> Result<(), String> {
    let Some(wider) = part.published_as else { return Ok(()) };
    let own = part.schema.builtin();
    if std::iter::successors(own, |name| base_of(name)).any(|name| name == wider) {
        return Ok(());
    }
    let own = own.map_or_else(|| part.schema.name(), |own| format!("xs:{own}").into());
    Err(format!(
        "`{}` of `{}` is `{own}`, which cannot be published as `xs:{wider}`: it does not derive from it",
        part.name, operation.name,
    ))
}

/// What a built-in type is derived from (XML Schema Part 2, §3).
fn base_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "byte" => "short",
        "short" => "int",
        "int" => "long",
        "long" | "nonNegativeInteger" => "integer",
        "unsignedByte" => "unsignedShort",
        "unsignedShort" => "unsignedInt",
        "unsignedInt" => "unsignedLong",
        "unsignedLong" => "nonNegativeInteger",
        "integer" => "decimal",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::describe::Naming;
    use crate::wsdl::samples::mesher;

    #[test]
    fn names_that_no_wsdl_could_hold_are_refused() {
        let mut service = mesher(Naming::Standard);
        assert_eq!(service.check(), Ok(()));
        service.operations[2].name = "convertMeshResponse";
        assert_eq!(
            service.check().expect_err("two elements have one name").to_string(),
            "service `MesherService`: the operation `convertMeshResponse` has the name of another one's reply; rename \
             it with `#[operation(name = \"…\")]`"
        );
        for (namespace, problem) in
            [("", "the namespace is empty"), ("a b", "' ' cannot stand in one"), ("<", "'<' cannot stand in one")]
        {
            let service = crate::describe::ServiceDescription { namespace: namespace.into(), ..mesher(Naming::Spyne) };
            let error = service.check().expect_err("the namespace is no URI").to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
