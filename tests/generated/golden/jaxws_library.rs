// Generated from `library.wsdl` by soap_runtime::build::client.

use soap_runtime::rust_decimal::Decimal;
use soap_runtime::{Fault, SoapType, soap_service};

/// Where the WSDL says that `Library` is.
pub const ADDRESS: &str = "http://localhost:8080/library";

#[soap_service(
    name = "LibraryService",
    path = "/library",
    namespace = "urn:library",
    form = "unqualified",
    foreign
)]
pub trait Library {
    #[operation(outputs(sum))]
    async fn add(&self, a: i32, b: i32) -> Result<i32, Fault>;
    #[operation(action = "", outputs(shelf))]
    async fn store(
        &self,
        book: Option<AnyBook>,
        urgent: Option<bool>,
    ) -> Result<Option<String>, Fault>;
    /// Declared fault: `NotFoundException`, whose detail is the element `NotFound`, a `NotFoundException`.
    #[operation(action = "", outputs(book))]
    async fn find(&self, title: String) -> Result<Option<AnyBook>, Fault>;
    #[operation(action = "", outputs(title))]
    async fn titles(&self) -> Result<Vec<String>, Fault>;
    #[operation(one_way, action = "")]
    async fn shout(&self, text: Option<String>) -> Result<(), Fault>;
}

/// `book`, or what extends it.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(xsi_type)]
pub enum AnyBook {
    Book(Book),
    Atlas(Atlas),
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "book", namespace = "urn:library:books", form = "unqualified")]
pub struct Book {
    pub title: String,
    pub authors: Option<BookAuthors>,
    pub genre: Option<Genre>,
    pub price: Option<Decimal>,
    pub tags: Vec<Option<String>>,
    #[soap(attribute)]
    pub pages: i32,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "bookAuthors", namespace = "urn:library:books", form = "unqualified")]
pub struct BookAuthors {
    pub author: Vec<Author>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "author", namespace = "urn:library:books", form = "unqualified")]
pub struct Author {
    pub name: String,
    pub born: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
#[soap(name = "genre", namespace = "urn:library:books")]
pub enum Genre {
    #[soap(name = "NOVEL")]
    Novel,
    #[soap(name = "POETRY")]
    Poetry,
    #[soap(name = "SCIENCE")]
    Science,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "atlas", namespace = "urn:library:books", form = "unqualified")]
pub struct Atlas {
    #[soap(extends)]
    pub base: Book,
    pub scale: f64,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct NotFoundException {
    pub message: Option<String>,
    pub title: Option<String>,
}
