//! Calls the libraries of other stacks with clients that are generated from their WSDLs.
//!
//! usage: foreign STACK ENDPOINT

use std::process::ExitCode;

use soap_runtime::client::CallError;

/// As a build script would have them.
#[allow(missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic, rustdoc::all)]
mod golden {
    pub mod gsoap {
        include!("../../generated/golden/gsoap_library.rs");
    }
    pub mod jaxws {
        include!("../../generated/golden/jaxws_library.rs");
    }
    pub mod spyne {
        include!("../../generated/golden/spyne_library.rs");
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [stack, endpoint] = &arguments[..] else {
        eprintln!("usage: foreign STACK ENDPOINT");
        return ExitCode::from(2);
    };
    let called = match stack.as_str() {
        "gsoap" => gsoap(endpoint).await,
        "jaxws" => jaxws(endpoint).await,
        "spyne" => spyne(endpoint).await,
        // Its WSDL is one of ours.
        _ => Ok(()),
    };
    match called {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{stack}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn gsoap(endpoint: &str) -> Result<(), CallError> {
    use golden::gsoap::{Genre, LibraryClient, NotFound};
    let client = LibraryClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, -1);
    let book = client.find("Faust").await?;
    assert_eq!((book.title.as_str(), book.pages, book.genre), ("Faust", 464, Some(Genre::Poetry)));
    assert_eq!((book.author[0].born, book.price, book.tag.len()), (Some(1749), Some(9.5), 2));
    let stored = client.store(book, true).await?;
    assert_eq!((stored.shelf.as_str(), stored.position), ("Goethe!", 2));
    assert_eq!(client.titles().await?, ["Faust", "Woyzeck"]);
    let detail: NotFound = detail(client.find("<Nothing>").await, "NotFound");
    assert_eq!(detail.title, "<Nothing>");
    Ok(())
}

async fn jaxws(endpoint: &str) -> Result<(), CallError> {
    use golden::jaxws::{AnyBook, Atlas, Genre, LibraryClient, NotFoundException};
    let client = LibraryClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, -1);
    let Some(AnyBook::Book(book)) = client.find("Faust").await? else { panic!("it is a book") };
    assert_eq!((book.title.as_str(), book.pages, book.genre), ("Faust", 464, Some(Genre::Poetry)));
    let authors = book.authors.as_ref().map(|authors| authors.author.as_slice()).unwrap_or_default();
    assert_eq!((authors[0].born, book.price.map(|price| price.to_string())), (Some(1749), Some("9.50".to_owned())));
    assert_eq!(book.tags, [Some("devil".to_owned()), Some("<love>".to_owned())]);
    let shelf = client.store(AnyBook::Book(book.clone()), true).await?;
    assert_eq!(shelf.as_deref(), Some("POETRY/Goethe! 464 2"));
    // What extends a book is one.
    let shelf = client.store(AnyBook::Atlas(Atlas { base: book, scale: 0.5 }), None).await?;
    assert_eq!(shelf.as_deref(), Some("POETRY/Goethe 464 2"));
    assert_eq!(client.titles().await?, ["Faust", "Woyzeck"]);
    client.shout("hey".to_owned()).await?;
    let detail: NotFoundException = detail(client.find("<Nothing>").await, "NotFound");
    assert_eq!(detail.title.as_deref(), Some("<Nothing>"));
    Ok(())
}

async fn spyne(endpoint: &str) -> Result<(), CallError> {
    use golden::spyne::{Genre, LibraryClient};
    let client = LibraryClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, Some(-1));
    let book = client.find("Faust").await?.expect("it is known");
    assert_eq!((book.title.as_str(), book.genre), ("Faust", Some(Genre::Poetry)));
    let authors = book.authors.as_ref().map(|authors| authors.author.as_slice()).unwrap_or_default();
    assert_eq!(authors[0].as_ref().and_then(|author| author.born), Some(1749));
    assert_eq!(book.published.map(|published| published.value().to_string()).as_deref(), Some("1808-01-01"));
    let stored = client.store(book, true).await?;
    assert_eq!((stored.shelf.as_deref(), stored.position), (Some("POETRY/Goethe!"), Some(2)));
    let titles = client.titles().await?.map(|titles| titles.string).unwrap_or_default();
    assert_eq!(titles, [Some("Faust".to_owned()), Some("Woyzeck".to_owned())]);
    let Err(CallError::Fault(fault)) = client.find("Nothing").await else { panic!("it is not known") };
    assert_eq!((fault.code.as_str(), fault.message.as_str()), ("Client.NotFound", "there is no Nothing"));
    Ok(())
}

/// The detail of the fault that a call has ended with.
fn detail<T: std::fmt::Debug, D: soap_runtime::SoapType>(answer: Result<T, CallError>, name: &str) -> D {
    match answer {
        Err(CallError::Fault(fault)) => fault.detail_as(name).expect("there is a detail").expect("it is of that type"),
        other => panic!("it is not known: {other:?}"),
    }
}
