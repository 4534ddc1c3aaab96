//! Services and their ports.

use super::Differ;
use super::findings::Effect;
use super::pairs::{Neighbours, Pair, pair_up};
use super::place::At;
use crate::envelope::Version;
use crate::wsdl::model::{Port, Service};

impl<'a> Differ<'a> {
    /// Everything.
    pub(super) fn definitions(&mut self) {
        let (old, new) = (self.old, self.new);
        if let Some(service) = old.services.first() {
            let at = At::service(&service.name.local);
            self.docs(&old.docs, &new.docs, &at);
            if old.namespace != new.namespace {
                let sentence = format!(
                    "its namespace is now {} (was {}), and so are those of its messages",
                    new.namespace, old.namespace
                );
                self.findings.say(&at, "namespace", Effect::Incompatible, sentence);
            }
        }
        let pairs = pair_up(&old.services, &new.services, Neighbours::Any, |one| &one.name.local, share_operations);
        for pair in pairs {
            match pair {
                Pair::Same(old_at, new_at) => self.service(&old.services[old_at], &new.services[new_at]),
                Pair::Renamed(old_at, new_at) => {
                    let (old, new) = (&old.services[old_at], &new.services[new_at]);
                    let sentence = format!("the service is now called {}", new.name.local);
                    self.findings.say(&At::service(&old.name.local), "renamed", Effect::Incompatible, sentence);
                    self.service(old, new);
                }
                Pair::Removed(at) => {
                    let at = At::service(&old.services[at].name.local);
                    self.findings.say(&at, "removed", Effect::Incompatible, "the service is gone".to_owned());
                }
                Pair::Added(at) => {
                    let at = At::service(&new.services[at].name.local);
                    self.findings.say(&at, "added", Effect::Harmless, "the service is new".to_owned());
                }
            }
        }
    }

    fn service(&mut self, old: &'a Service, new: &'a Service) {
        let at = At::service(&old.name.local);
        self.docs(&old.docs, &new.docs, &at);
        let same_version = |old: &Port, new: &Port| old.version == new.version;
        for pair in pair_up(&old.ports, &new.ports, Neighbours::Any, |port| &port.name, same_version) {
            match pair {
                Pair::Same(old_at, new_at) => self.port(&old.ports[old_at], &new.ports[new_at], &at),
                Pair::Renamed(old_at, new_at) => {
                    let (old, new) = (&old.ports[old_at], &new.ports[new_at]);
                    let sentence = format!("the port {} is now called {}", old.name, new.name);
                    self.findings.say(&at, &format!("port {}", old.name), Effect::Incompatible, sentence);
                    self.port(old, new, &at);
                }
                Pair::Removed(removed) => {
                    let port = &old.ports[removed];
                    let sentence = format!("the port {} ({}) is gone", port.name, name_of(port.version));
                    self.findings.say(&at, &format!("port {}", port.name), Effect::Incompatible, sentence);
                }
                Pair::Added(added) => {
                    let port = &new.ports[added];
                    let sentence = format!("the port {} ({}) is new", port.name, name_of(port.version));
                    self.findings.say(&at, &format!("new port {}", port.name), Effect::Harmless, sentence);
                }
            }
        }
        self.same_outputs(old, new, &at);
    }

    fn port(&mut self, old: &'a Port, new: &'a Port, at: &At) {
        if old.version != new.version {
            let sentence =
                format!("the port {} now speaks {} (was {})", old.name, name_of(new.version), name_of(old.version));
            self.findings.say(at, &format!("version of {}", old.name), Effect::Incompatible, sentence);
        }
        if old.port_type.local != new.port_type.local {
            let sentence = format!(
                "its port type is now called {} (was {}), which changes no message",
                new.port_type.local, old.port_type.local
            );
            self.findings.say(at, "port type", Effect::Harmless, sentence);
        }
        self.operations(&old.operations, &new.operations, at);
    }

    /// Texts for people; how they are laid out is not their content.
    pub(super) fn docs(&mut self, old: &str, new: &str, at: &At) {
        if !old.split_whitespace().eq(new.split_whitespace()) {
            let sentence = "its documentation has changed".to_owned();
            self.findings.say(&at.whole_operation(), "documentation", Effect::Harmless, sentence);
        }
    }
}

fn share_operations(old: &Service, new: &Service) -> bool {
    let names = |service: &Service| -> Vec<String> {
        let operations = service.ports.iter().flat_map(|port| &port.operations);
        operations.map(|operation| operation.name.clone()).collect()
    };
    let new = names(new);
    names(old).iter().any(|name| new.contains(name))
}

fn name_of(version: Version) -> &'static str {
    match version {
        Version::Soap11 => "SOAP 1.1",
        Version::Soap12 => "SOAP 1.2",
    }
}
