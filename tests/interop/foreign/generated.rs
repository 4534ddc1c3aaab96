//! Calls the libraries of other stacks with clients that are generated from their WSDLs.
//!
//! usage: foreign STACK ENDPOINT

use std::process::ExitCode;

use soap_runtime::WithOffset;
use soap_runtime::client::{CallError, ReceivedFault};
use soap_runtime::jiff::civil::date;
use soap_runtime::rust_decimal::Decimal;

/// As a build script would have them.
#[allow(missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic, rustdoc::all)]
mod golden {
    pub mod gsoap {
        include!("../../generated/golden/gsoap_library.rs");
    }
    pub mod legacy {
        include!("../../generated/golden/legacy.rs");
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
        "node" => node(endpoint).await,
        _ => {
            eprintln!("there is no client for {stack}");
            return ExitCode::from(2);
        }
    };
    match called {
        Ok(calls) => {
            println!("{stack}: generated client: {calls} calls, all as expected");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{stack}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is easily broken on the way.
const ODD: &str = "Käthe & <Söhne> \"€\" \u{1d11e}";

async fn gsoap(endpoint: &str) -> Result<u32, CallError> {
    use golden::gsoap::{Author, Book, Genre, LibraryClient, NotFound};
    let client = LibraryClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, -1);
    assert_eq!(client.add(i32::MIN, 1).await?, i32::MIN + 1);

    let faust = Book {
        title: "Faust".to_owned(),
        author: vec![Author { name: "Goethe".to_owned(), born: Some(1749) }],
        genre: Some(Genre::Poetry),
        price: Some(9.5),
        tag: owned(["devil", "<love>"]),
        pages: 464,
    };
    assert_eq!(client.find("Faust").await?, faust);
    let bare = Book { title: "Bare".to_owned(), ..Book::default() };
    assert_eq!(client.find("Bare").await?, bare);
    let stored = client.store(faust, true).await?;
    assert_eq!(stored.shelf, "Faust|Goethe(1749)|POETRY|9.5|devil,<love>|464|true");
    assert_eq!(stored.position, 2);
    assert_eq!(client.store(bare.clone(), false).await?.shelf, "Bare||-|-||0|false");
    let author = |name: &str, born| Author { name: name.to_owned(), born };
    let odd = Book {
        title: ODD.to_owned(),
        author: vec![author("Ann", Some(-5)), author("Bo", None)],
        genre: Some(Genre::Science),
        price: Some(-1e-7),
        tag: owned(["", " spaced  out ", "]]>"]),
        pages: i32::MIN,
    };
    let text = format!("{ODD}|Ann(-5),Bo(-)|SCIENCE|-1e-07|, spaced  out ,]]>|-2147483648|true");
    assert_eq!(client.store(odd, true).await?.shelf, text);
    assert_eq!(client.store(Book { genre: Some(Genre::Novel), ..bare }, true).await?.shelf, "Bare||NOVEL|-||0|true");
    assert_eq!(client.titles().await?, ["Faust", "Woyzeck"]);

    let missing: NotFound = detail(client.find("<Nothing>").await, "NotFound");
    assert_eq!(missing.title, "<Nothing>");
    assert_eq!(fault(client.store(Book::default(), true).await).message, "there is no book");
    Ok(11)
}

async fn jaxws(endpoint: &str) -> Result<u32, CallError> {
    use golden::jaxws::{AnyBook, Atlas, Author, Book, BookAuthors, Genre, LibraryClient, NotFoundException};
    let client = LibraryClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, -1);
    assert_eq!(client.add(i32::MIN, 1).await?, i32::MIN + 1);

    let author = |name: &str, born| Author { name: name.to_owned(), born };
    let faust = Book {
        title: "Faust".to_owned(),
        authors: Some(BookAuthors { author: vec![author("Goethe", Some(1749))] }),
        genre: Some(Genre::Poetry),
        price: Some(Decimal::new(950, 2)),
        tags: owned(["devil", "<love>"]).into_iter().map(Some).collect(),
        pages: 464,
    };
    assert_eq!(client.find("Faust").await?, Some(AnyBook::Book(faust.clone())));
    // What extends a book is one; a list may have items that are nil.
    let bare = Book {
        title: "Bare".to_owned(),
        authors: Some(BookAuthors::default()),
        tags: vec![None, Some(String::new())],
        ..Book::default()
    };
    let atlas = Atlas { base: bare.clone(), scale: 0.25 };
    assert_eq!(client.find("Bare").await?, Some(AnyBook::Book(bare.clone())));
    assert_eq!(client.find("Atlas").await?, Some(AnyBook::Atlas(atlas.clone())));
    assert_eq!(client.find("Lost").await?, None);

    let text = "Faust|Goethe(1749)|POETRY|9.5|devil,<love>|464";
    let shelf = client.store(AnyBook::Book(faust.clone()), true).await?;
    assert_eq!(shelf, Some(format!("{text}|true")));
    let shelf = client.store(AnyBook::Atlas(Atlas { base: faust, scale: 0.5 }), None).await?;
    assert_eq!(shelf, Some(format!("{text}|-|0.5")));
    let shelf = client.store(AnyBook::Atlas(atlas), false).await?;
    assert_eq!(shelf.as_deref(), Some("Bare||-|-|-,|0|false|0.25"));
    let odd = Book {
        title: ODD.to_owned(),
        authors: Some(BookAuthors { author: vec![author("Ann", Some(-5)), author("Bo", None)] }),
        genre: Some(Genre::Science),
        price: Some(Decimal::new(-1, 7)),
        tags: owned(["", " spaced  out ", "]]>"]).into_iter().map(Some).collect(),
        pages: i32::MIN,
    };
    let text = format!("{ODD}|Ann(-5),Bo(-)|SCIENCE|-0.0000001|, spaced  out ,]]>|-2147483648|true");
    assert_eq!(client.store(AnyBook::Book(odd), true).await?, Some(text));
    let novel = Book { genre: Some(Genre::Novel), authors: None, tags: Vec::new(), ..bare };
    let shelf = client.store(AnyBook::Book(novel), true).await?;
    assert_eq!(shelf.as_deref(), Some("Bare||NOVEL|-||0|true"));
    assert_eq!(client.titles().await?, ["Faust", "Woyzeck"]);
    client.shout("hey".to_owned()).await?;
    client.shout(None).await?;

    let missing: NotFoundException = detail(client.find("<Nothing>").await, "NotFound");
    assert_eq!(missing.title.as_deref(), Some("<Nothing>"));
    assert_eq!(fault(client.store(None, None).await).message, "there is no book");
    Ok(16)
}

async fn spyne(endpoint: &str) -> Result<u32, CallError> {
    use golden::spyne::{Author, AuthorArray, Book, Genre, LibraryClient, NotFound};
    let client = LibraryClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, Some(-1));
    // Spyne's integers have no bounds.
    let large = 10_i128.pow(30);
    assert_eq!(client.add(large, -1).await?, Some(large - 1));

    let author = |name: &str, born| Some(Author { name: name.to_owned(), born });
    let faust = Book {
        title: "Faust".to_owned(),
        authors: Some(AuthorArray { author: vec![author("Goethe", Some(1749))] }),
        genre: Some(Genre::Poetry),
        published: Some(WithOffset::local(date(1808, 1, 1))),
        price: Some(Decimal::new(950, 2)),
        tags: owned(["devil", "<love>"]).into_iter().map(Some).collect(),
    };
    assert_eq!(client.find("Faust").await?, Some(faust.clone()));
    let bare = Book { title: "Bare".to_owned(), tags: vec![None, Some(String::new())], ..Book::default() };
    assert_eq!(client.find("Bare").await?, Some(bare.clone()));
    assert_eq!(client.find("Lost").await?, None);

    let stored = client.store(faust, true).await?;
    assert_eq!(stored.shelf.as_deref(), Some("Faust|Goethe(1749)|POETRY|9.5|devil,<love>|1808-01-01|true"));
    assert_eq!(stored.position, Some(2));
    // What is not said of `urgent` is its default.
    assert_eq!(client.store(bare.clone(), None).await?.shelf.as_deref(), Some("Bare||-|-|-,|-|false"));
    let odd = Book {
        title: ODD.to_owned(),
        authors: Some(AuthorArray { author: vec![author("Ann", Some(-5)), author("Bo", None)] }),
        genre: Some(Genre::Science),
        published: None,
        price: Some(Decimal::new(-1, 7)),
        tags: owned(["", " spaced  out ", "]]>"]).into_iter().map(Some).collect(),
    };
    let text = format!("{ODD}|Ann(-5),Bo(-)|SCIENCE|-0.0000001|, spaced  out ,]]>|-|true");
    assert_eq!(client.store(odd, true).await?.shelf, Some(text));
    let novel = Book { genre: Some(Genre::Novel), tags: Vec::new(), ..bare };
    assert_eq!(client.store(novel, true).await?.shelf.as_deref(), Some("Bare||NOVEL|-||-|true"));
    let titles = client.titles().await?.map(|titles| titles.string).unwrap_or_default();
    assert_eq!(titles, [Some("Faust".to_owned()), Some("Woyzeck".to_owned())]);

    let missing = fault(client.find("<Nothing>").await);
    assert_eq!((missing.code.as_str(), missing.message.as_str()), ("Client.NotFound", "there is no <Nothing>"));
    // Spyne declares a detail, and sends none.
    assert!(missing.detail_as::<NotFound>("NotFound").is_none());
    assert_eq!(fault(client.store(None, None).await).message, "there is no book");
    Ok(12)
}

async fn node(endpoint: &str) -> Result<u32, CallError> {
    use golden::legacy::{Address, Colour, DoubleArray, LegacyClient};
    let client = LegacyClient::connect(endpoint)?;
    assert_eq!(client.add(2, -3).await?, -1);
    for item in [vec![1.5, -1e-7], Vec::new()] {
        assert_eq!(client.echo_list(DoubleArray { item: item.clone() }).await?.item, item);
    }
    for (country, colour) in [(Some("de"), Colour::Blue), (None, Colour::Green), (None, Colour::DarkBlue)] {
        let country = country.map(str::to_owned);
        let address = Address { street: ODD.to_owned(), city: "Köln".to_owned(), country };
        let pair = client.echo_pair(address.clone(), colour).await?;
        assert_eq!((pair.address, pair.colour), (address, colour));
    }
    let nothing = fault(client.add(0, 0).await);
    assert_eq!((nothing.code.as_str(), nothing.message.as_str()), ("Client.Nothing", "nothing <to> add"));
    Ok(7)
}

fn owned<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

/// The fault that a call has ended with.
fn fault<T: std::fmt::Debug>(answer: Result<T, CallError>) -> ReceivedFault {
    match answer {
        Err(CallError::Fault(fault)) => *fault,
        other => panic!("it should be a fault: {other:?}"),
    }
}

/// The detail of that fault.
fn detail<T: std::fmt::Debug, D: soap_runtime::SoapType>(answer: Result<T, CallError>, name: &str) -> D {
    fault(answer).detail_as(name).expect("there is a detail").expect("it is of that type")
}
