//! Compiles and runs the programs in the README and in the book, each page as a doc test.

macro_rules! pages {
    ($($name:ident: $path:literal),* $(,)?) => { $(
        #[doc = include_str!(concat!("../../", $path))]
        struct $name;
    )* };
}

pages! {
    Readme: "README.md",
    RuntimeReadme: "soap-runtime/README.md",
    Introduction: "docs/README.md",
    Attachments: "docs/guide/attachments.md",
    Clients: "docs/guide/clients.md",
    Faults: "docs/guide/faults.md",
    Headers: "docs/guide/headers.md",
    Jobs: "docs/guide/jobs.md",
    Operations: "docs/guide/operations.md",
    StatusPages: "docs/guide/status-pages.md",
    Types: "docs/guide/types.md",
    Attributes: "docs/reference/attributes.md",
    Contract: "docs/reference/contract.md",
    FromSpyne: "docs/coming-from/spyne.md",
    FromCxf: "docs/coming-from/cxf.md",
    FromNodeSoap: "docs/coming-from/node-soap.md",
}
