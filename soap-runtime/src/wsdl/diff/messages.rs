//! What stands in the Body, and the header blocks before it.

use super::Differ;
use super::content::Contents;
use super::findings::Effect;
use super::pairs::{Neighbours, Pair, pair_up};
use super::place::{At, Way};
use super::words;
use crate::wsdl::model::{Body, Element, Message, QName, TypeKind};

/// What the operation is called in both documents.
type Names<'n> = (&'n str, &'n str);

impl<'a> Differ<'a> {
    pub(super) fn message(&mut self, old: &'a Message, new: &'a Message, names: Names<'_>, at: &At, ways: [Way; 2]) {
        let [body, header] = ways;
        self.body(&old.body, &new.body, names, &at.message(body));
        self.headers(&old.headers, &new.headers, &at.message(header));
    }

    fn body(&mut self, old: &'a Body, new: &'a Body, names: Names<'_>, at: &At) {
        match (old, new) {
            (Body::Empty, Body::Empty) => return,
            (Body::Empty, _) | (_, Body::Empty) => return self.emptied(old, new, at),
            (Body::Bare(old), Body::Bare(new)) => return self.bare(old, new, names, at),
            _ => {}
        }
        let is_rpc = |body: &Body| matches!(body, Body::Rpc { .. });
        if is_rpc(old) != is_rpc(new) {
            let style = |body: &Body| if is_rpc(body) { "rpc" } else { "document" };
            let sentence =
                format!("it is now in the style {} (was {}), which changes its messages", style(new), style(old));
            return self.findings.say(&at.whole_operation(), "style", Effect::Incompatible, sentence);
        }
        self.wire_name(old.element(), new.element(), names, at);
        match (self.contents_of_body(old, true), self.contents_of_body(new, false)) {
            (Some(old), Some(new)) => self.contents(&old, &new, at),
            _ => self.other_form(old, new, at),
        }
    }

    fn emptied(&mut self, old: &Body, new: &Body, at: &At) {
        let name = |body: &Body| body.element().map_or_else(|| "empty".to_owned(), |name| name.local.clone());
        let sentence = format!("{} is now {} (was {})", at.message_word(), name(new), name(old));
        self.findings.say(at, "form", Effect::Incompatible, sentence);
    }

    /// An element that is the argument itself. That it is called like its operation is nothing more.
    fn bare(&mut self, old: &'a Element, new: &'a Element, names: Names<'_>, at: &At) {
        let at = at.part(&old.name.local);
        if new.name.local != follow(&old.name.local, names) {
            let predicate = format!("is now called {}", new.name.local);
            self.findings.report(&at, "renamed", Effect::Incompatible, &predicate);
        }
        self.element(old, new, &at);
    }

    fn wire_name(&mut self, old: Option<&QName>, new: Option<&QName>, names: Names<'_>, at: &At) {
        let (Some(old), Some(new)) = (old, new) else { return };
        if new.local != old.local && new.local != follow(&old.local, names) {
            let sentence = format!("{} is now the element {} (was {})", at.message_word(), new.local, old.local);
            self.findings.say(at, "element", Effect::Incompatible, sentence);
        }
        if !self.same_namespace(&old.namespace, &new.namespace) {
            self.findings.namespace(at, &at.message_word(), &old.namespace, &new.namespace);
        }
    }

    /// Whether an element is taken apart into arguments is the reader's choice, no other message.
    fn contents_of_body(&self, body: &'a Body, is_old: bool) -> Option<Contents<'a>> {
        let definitions = if is_old { self.old } else { self.new };
        match body {
            Body::Bare(element) => match &definitions.find(&element.ty)?.kind {
                TypeKind::Complex(complex) => Some(Contents::of(definitions, complex)),
                TypeKind::Simple(_) => None,
            },
            body => Some(Contents::of_parts(body.parts())),
        }
    }

    fn other_form(&mut self, old: &Body, new: &Body, at: &At) {
        let form = |body: &Body, definitions| match body {
            Body::Bare(element) => words::reference(definitions, &element.ty),
            body => words::parts(body.parts().iter().map(|part| part.name.local.as_str())),
        };
        let sentence = format!("{} is now {} (was {})", at.message_word(), form(new, self.new), form(old, self.old));
        self.findings.say(at, "form", Effect::Incompatible, sentence);
    }

    /// A WSDL does not say whether a block may be left out, so a new one in a request has to be there.
    fn headers(&mut self, old: &'a [Element], new: &'a [Element], at: &At) {
        for pair in pair_up(old, new, Neighbours::Any, |block| &block.name.local, |_, _| false) {
            match pair {
                Pair::Same(o, n) | Pair::Renamed(o, n) => {
                    self.element(&old[o], &new[n], &at.part(&old[o].name.local));
                }
                Pair::Removed(o) => {
                    self.findings.report(&at.part(&old[o].name.local), "removed", Effect::Incompatible, "is gone");
                }
                Pair::Added(n) => {
                    self.findings.report(&at.part(&new[n].name.local), "added", Effect::Narrower, "is new");
                }
            }
        }
    }
}

/// `addResponse`, after `add` was renamed.
fn follow(element: &str, (old, new): Names<'_>) -> String {
    match element.strip_prefix(old) {
        Some(rest) => format!("{new}{rest}"),
        None => element.to_owned(),
    }
}
