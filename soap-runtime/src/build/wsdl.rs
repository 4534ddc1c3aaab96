//! The WSDLs of the services that a build script has included.

use std::collections::BTreeMap;
use std::path::Path;

use super::cargo;
use crate::describe::ServiceDescription;
use crate::describe::registry::Registered;
use crate::http::{DEFAULT_LISTEN, PublicUrl, address_at, parse_context_root};
use crate::wsdl::Wsdl;

/// Writes the WSDL of each service to `folder`, as `NAME.wsdl`, with the address that a program has without
/// settings; [`Wsdls`] has others.
///
/// For build scripts, which it is documented for in [the module](crate::build). The folder is one of the package,
/// and is made if it is not there; one in `OUT_DIR` is as good. Nothing is written that is there already.
///
/// What goes wrong ends the build: no service, two of one name, one that breaks a rule, a folder that
/// cannot be written.
pub fn write_wsdl(folder: impl AsRef<Path>) {
    Wsdls::new().write(folder);
}

/// The WSDLs of services, and the address in them.
///
/// ```no_run
/// // build.rs
/// use soap_runtime::build::Wsdls;
///
/// fn main() {
///     Wsdls::new().public_url("https://host.example").context_root("/services").write("wsdl");
/// }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "nothing is written before `write`"]
pub struct Wsdls {
    public_url: Option<String>,
    context_root: String,
    modules: Vec<String>,
    names: Vec<String>,
}

impl Wsdls {
    /// Those of all services.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the outside calls the server, as `PUBLIC_URL` says it to the program; else it is
    /// `http://localhost:8080`.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// The path that all services are below, as `CONTEXT_ROOT` says it to the program.
    pub fn context_root(mut self, path: impl Into<String>) -> Self {
        self.context_root = path.into();
        self
    }

    /// Only those in this module of the build script and in modules below it: `"waiter"`, `"waiter::service"`.
    /// More than one may be said.
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.modules.push(path.into());
        self
    }

    /// Only the service of this name. More than one may be said.
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.names.push(name.into());
        self
    }

    /// Writes them, as [`write_wsdl`] does.
    pub fn write(self, folder: impl AsRef<Path>) {
        let folder = folder.as_ref();
        match self.documents() {
            Ok(documents) => documents.iter().for_each(|(name, document)| {
                let file = folder.join(format!("{name}.wsdl"));
                if let Err(error) = cargo::produce(&file, document.as_bytes()) {
                    cargo::error(format_args!("{} cannot be written: {error}", file.display()));
                }
            }),
            Err(problems) => problems.iter().for_each(cargo::error),
        }
    }

    /// Each by the name of its service, or all that is wrong.
    pub(super) fn documents(&self) -> Result<BTreeMap<&'static str, String>, Vec<String>> {
        let public_url = self.public_url.as_deref().map(str::parse::<PublicUrl>).transpose();
        let public_url = public_url.map_err(|error| {
            vec![format!("the public URL `{}`: {error}", self.public_url.as_deref().unwrap_or_default())]
        })?;
        let root = parse_context_root(&self.context_root)
            .map_err(|error| vec![format!("the context root `{}`: {error}", self.context_root)])?;
        let services = self.descriptions()?;
        let document = |service: &ServiceDescription| {
            Wsdl::new(service).at(&address_at(DEFAULT_LISTEN, public_url.as_ref(), &root, &service.path))
        };
        Ok(services.iter().map(|(name, service)| (*name, document(service))).collect())
    }

    /// Each by its name, or all that is wrong.
    pub(super) fn descriptions(&self) -> Result<BTreeMap<&'static str, ServiceDescription>, Vec<String>> {
        let mut found: BTreeMap<&'static str, (ServiceDescription, &'static Registered)> = BTreeMap::new();
        let mut problems = Vec::new();
        for registered in self.registered() {
            match registered.description() {
                Ok(described) if !self.names.is_empty() && !self.names.iter().any(|name| name == described.name) => {}
                Ok(described) => match found.get(described.name) {
                    // A service that is written as a trait, and the type that implements it.
                    Some((same, _)) if *same == described => {}
                    Some((_, other)) => problems.push(two_of_one_name(described.name, other, registered)),
                    None => drop(found.insert(described.name, (described, registered))),
                },
                Err(error) => problems.push(format!("{error} (in `{}`)", registered.type_name())),
            }
        }
        if problems.is_empty() {
            let missing = self.names.iter().filter(|name| !found.contains_key(name.as_str()));
            problems.extend(missing.map(|name| self.no_such_service(name)));
            problems.extend((found.is_empty() && self.names.is_empty()).then(|| self.no_service()));
        }
        problems.sort();
        match problems.is_empty() {
            true => Ok(found.into_iter().map(|(name, (description, _))| (name, description)).collect()),
            false => Err(problems),
        }
    }

    /// In the order of their types, so that what is said of them is the same each time.
    fn registered(&self) -> Vec<&'static Registered> {
        let is_wanted = |service: &&Registered| {
            // The program `soap` has a service of its own.
            let is_ours = service.module().starts_with(concat!(env!("CARGO_CRATE_NAME"), "::cli::"));
            !is_ours
                && (self.modules.is_empty() || self.modules.iter().any(|module| is_within(service.module(), module)))
        };
        let mut registered: Vec<_> = Registered::all().filter(is_wanted).collect();
        registered.sort_by_key(|service| service.type_name());
        registered
    }

    fn no_service(&self) -> String {
        match &self.modules[..] {
            [] => "there is no service in the build script; include the module that has one: `#[path = \
                   \"src/service.rs\"] mod service;`"
                .to_owned(),
            modules => format!("there is no service in `{}` of the build script", modules.join("`, `")),
        }
    }

    fn no_such_service(&self, name: &str) -> String {
        let all = Self { names: Vec::new(), ..self.clone() }.descriptions();
        let names = all.unwrap_or_default().into_keys().collect::<Vec<_>>().join("`, `");
        match names.as_str() {
            "" => self.no_service(),
            names => format!("there is no service `{name}`; there is `{names}`"),
        }
    }
}

fn two_of_one_name(name: &str, one: &Registered, other: &Registered) -> String {
    format!(
        "two services are called `{name}`: `{}` and `{}`\n\
         give one of them another name, `#[soap_service(name = \"…\")]`, or write each to a folder of its own, \
         `Wsdls::new().module(\"…\")`",
        one.type_name(),
        other.type_name()
    )
}

/// Whether `path`, which starts with the crate, is `module` of that crate or below it.
fn is_within(path: &str, module: &str) -> bool {
    let mut segments = path.split("::").skip(1);
    module.split("::").all(|wanted| segments.next() == Some(wanted))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::__private::{Definition, Naming, blocking, outputs, register};
    use crate::service::SoapService;

    /// A service of this name, whose only operation is called so.
    macro_rules! service {
        ($type:ident, $name:literal, $operation:literal) => {
            pub(super) struct $type;

            impl SoapService for $type {
                fn definition() -> Definition<Self> {
                    let definition = Definition::new($name, "tns", concat!("/", $name), Naming::Standard, "");
                    definition.operation($operation, "", (), outputs::<(), 0>([]), blocking(|_: Arc<Self>, ()| ()))
                }
            }

            register!($type);
        };
    }

    mod good {
        use super::*;
        service!(Ping, "Ping", "ping");
        // As a trait and the type that implements it: the same service twice.
        service!(Again, "Ping", "ping");
        service!(Pong, "Pong", "pong");

        pub(super) mod inner {
            use super::*;
            service!(Deep, "Deep", "dig");
        }
    }

    mod twice {
        use super::*;
        service!(Ping, "Ping", "ping");
        service!(Other, "Ping", "other");
    }

    mod bad {
        use super::*;

        struct Empty;

        impl SoapService for Empty {
            fn definition() -> Definition<Self> {
                Definition::new("Empty", "tns", "/Empty", Naming::Standard, "")
            }
        }

        register!(Empty);
    }

    fn in_module(module: &str) -> Wsdls {
        Wsdls::new().module(format!("build::wsdl::tests::{module}"))
    }

    fn names(wsdls: &Wsdls) -> Vec<&'static str> {
        wsdls.documents().expect("nothing is wrong").into_keys().collect()
    }

    #[test]
    fn services_are_found_by_module_and_by_name_and_each_once() {
        assert_eq!(names(&in_module("good")), ["Deep", "Ping", "Pong"]);
        assert_eq!(names(&in_module("good::inner")), ["Deep"]);
        assert_eq!(names(&in_module("good").service("Pong").service("Deep")), ["Deep", "Pong"]);
        assert_eq!(names(&in_module("good::inner").module("build::wsdl::tests::good")), ["Deep", "Ping", "Pong"]);
    }

    #[track_caller]
    fn refuses(wsdls: &Wsdls, words: &[&str]) {
        let problems = wsdls.documents().expect_err("something is wrong").join("\n");
        assert!(words.iter().all(|word| problems.contains(word)), "{problems}");
    }

    #[test]
    fn what_is_wrong_names_the_service_the_place_and_the_mend() {
        refuses(&in_module("nowhere"), &["there is no service in `build::wsdl::tests::nowhere`"]);
        refuses(&in_module("good").service("Pang"), &["there is no service `Pang`; there is `Deep`, `Ping`, `Pong`"]);
        refuses(&in_module("twice"), &["`Ping`", "twice::Ping`", "twice::Other`", "#[soap_service(name"]);
        refuses(&in_module("bad"), &["service `Empty`: has no operation", "bad::Empty`"]);
        refuses(&in_module("good").public_url("o.example"), &["the public URL `o.example`", "https://host/path"]);
        refuses(&in_module("good").context_root("/a b"), &["the context root `/a b`"]);
        assert!(Wsdls::new().module("none").no_service().contains("`none`"));
        assert!(Wsdls::new().no_service().contains("mod service;"));
    }
}
