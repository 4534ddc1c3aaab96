//! What belongs together: the WSDLs and schemas that are reached from the main document.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::of_schema;
use super::schema::{Scope, Spot};
use super::tree::{Node, Tree, WSDL, XS};
use super::{WsdlError, imports};
use crate::wsdl::documents::Documents;
use crate::wsdl::model::QName;

/// The root of a WSDL 2.0 document.
const WSDL_2: &str = "http://www.w3.org/ns/wsdl";

type Table<'a> = BTreeMap<QName, Node<'a>>;

/// All parts of a WSDL, wherever they stand.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) messages: Table<'a>,
    pub(super) port_types: Table<'a>,
    pub(super) bindings: Table<'a>,
    /// In the order of the documents.
    pub(super) services: Vec<(QName, Node<'a>)>,
    pub(super) schemas: Vec<Spot<'a>>,
}

/// Follows imports from the first of the documents.
pub(super) fn collect<'a>(documents: &'a Documents, trees: &'a [Tree<'a>]) -> Result<Found<'a>, WsdlError> {
    let main = trees[0].root();
    check_root(main, &documents.main().name)?;
    let mut collector = Collector {
        documents,
        trees,
        found: Found::default(),
        wsdls: BTreeSet::new(),
        schemas: BTreeSet::new(),
        open: Vec::new(),
    };
    collector.open.push(Open::Wsdl(0));
    // Not recursive: documents can import each other in long rows.
    let mut at = 0;
    while let Some(&open) = collector.open.get(at) {
        match open {
            Open::Wsdl(document) => collector.wsdl(document)?,
            Open::Schema(document, schema, includer) => collector.schema(document, schema, includer)?,
        }
        at += 1;
    }
    Ok(collector.found)
}

/// Whether a document is a WSDL.
///
/// # Errors
/// What it is in place of one.
pub(crate) fn check(name: &str, text: &str) -> Result<(), WsdlError> {
    check_root(Tree::parse(name, text)?.root(), name)
}

fn check_root(root: Node<'_>, location: &str) -> Result<(), WsdlError> {
    if root.is(WSDL, "definitions") {
        return Ok(());
    }
    let reason = match (root.namespace(), root.local()) {
        (WSDL_2, _) => {
            "it is WSDL 2.0, and only WSDL 1.1 is understood; most services that have it offer both".to_owned()
        }
        (XS, _) => "it is a schema; the WSDL that imports it is what is needed".to_owned(),
        (_, local) if local.eq_ignore_ascii_case("html") => "it is a page; try its address with `?wsdl`".to_owned(),
        (_, local) => format!("its root is `{}`, not `definitions` of {WSDL}", crate::xml::cut(local)),
    };
    Err(WsdlError::NoWsdl { location: location.to_owned(), reason })
}

#[derive(Clone, Copy)]
enum Open<'a> {
    Wsdl(usize),
    /// A schema, in which document, and the namespace of the one that includes it.
    Schema(usize, Node<'a>, Option<&'a str>),
}

struct Collector<'a> {
    documents: &'a Documents,
    trees: &'a [Tree<'a>],
    found: Found<'a>,
    /// What was seen already.
    wsdls: BTreeSet<usize>,
    schemas: BTreeSet<(usize, usize, &'a str)>,
    /// What was reached, in that order.
    open: Vec<Open<'a>>,
}

impl<'a> Collector<'a> {
    fn wsdl(&mut self, document: usize) -> Result<(), WsdlError> {
        if !self.wsdls.insert(document) {
            return Ok(());
        }
        let root = self.trees[document].root();
        if root.is(XS, "schema") {
            // Some tools import schemas so.
            self.open.push(Open::Schema(document, root, None));
            return Ok(());
        }
        let namespace = root.attribute("targetNamespace").unwrap_or_default();
        for child in root.children().filter(|child| child.namespace() == WSDL) {
            let named = |node: Node<'a>| Ok::<_, WsdlError>(QName::new(namespace, node.required("name")?.trim()));
            match child.local() {
                "import" => {
                    if let Some(imported) = self.document(document, child, "location")? {
                        self.open.push(Open::Wsdl(imported));
                    }
                }
                "types" => {
                    let schemas = child.all(XS, "schema").map(|schema| Open::Schema(document, schema, None));
                    self.open.extend(schemas);
                }
                "message" => drop(self.found.messages.entry(named(child)?).or_insert(child)),
                "portType" => drop(self.found.port_types.entry(named(child)?).or_insert(child)),
                "binding" => drop(self.found.bindings.entry(named(child)?).or_insert(child)),
                "service" => self.found.services.push((named(child)?, child)),
                _ => {}
            }
        }
        Ok(())
    }

    fn schema(&mut self, document: usize, schema: Node<'a>, includer: Option<&'a str>) -> Result<(), WsdlError> {
        let scope = Scope::of(schema, includer);
        if !self.schemas.insert((document, schema.id(), scope.namespace)) {
            return Ok(());
        }
        self.found.schemas.push(Spot::new(schema, scope));
        for reference in of_schema(schema) {
            let Some(other) = self.document(document, reference, "schemaLocation")? else { continue };
            let root = self.trees[other].root();
            let includer = (reference.local() != "import").then_some(scope.namespace);
            if root.is(WSDL, "definitions") {
                // A schema in the types of another WSDL.
                self.open.push(Open::Wsdl(other));
            } else if root.is(XS, "schema") {
                self.open.push(Open::Schema(other, root, includer));
            } else {
                return Err(reference.wrong(format!("what it takes in is no schema: its root is `{}`", root.local())));
            }
        }
        Ok(())
    }

    /// The document that an import names; none, if it only names a namespace.
    fn document(&self, from: usize, import: Node<'a>, attribute: &str) -> Result<Option<usize>, WsdlError> {
        let Some(reference) = imports::location(import, attribute) else { return Ok(None) };
        let found = self.documents.follow(from, reference);
        found.map(Some).ok_or_else(|| WsdlError::NotBeside { at: import.place(), location: reference.to_owned() })
    }
}
