// Generated from `library.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, SoapOutput, SoapType, soap_service};

/// Where the WSDL says that `Library` is.
pub const ADDRESS: &str = "http://localhost:8080/library";

/// Lends books.
#[soap_service(
    name = "LibraryService",
    path = "/library",
    namespace = "urn:library",
    form = "unqualified",
    foreign
)]
pub trait Library {
    /// The sum of two numbers.
    #[operation(outputs(sum))]
    async fn add(&self, a: i32, b: i32) -> Result<i32, Fault>;
    /// The book of that title.
    ///
    /// Declared fault: `NotFound`, whose detail is the element `NotFound`, a `NotFound`.
    #[operation(action = "", outputs(book))]
    async fn find(&self, title: String) -> Result<Book, Fault>;
    /// Puts a book on a shelf.
    #[operation(action = "")]
    async fn store(&self, book: Book, urgent: bool) -> Result<StoreOutput, Fault>;
    /// All titles.
    #[operation(action = "", outputs(title))]
    async fn titles(&self) -> Result<Vec<String>, Fault>;
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:library:books", form = "unqualified")]
pub struct Book {
    pub title: String,
    pub author: Vec<Author>,
    pub genre: Option<Genre>,
    pub price: Option<f64>,
    pub tag: Vec<String>,
    #[soap(attribute)]
    pub pages: i32,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:library:books", form = "unqualified")]
pub struct Author {
    pub name: String,
    pub born: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
#[soap(namespace = "urn:library:books")]
pub enum Genre {
    #[soap(name = "NOVEL")]
    Novel,
    #[soap(name = "POETRY")]
    Poetry,
    #[soap(name = "SCIENCE")]
    Science,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct NotFound {
    pub title: String,
}

/// The outputs of `store`.
#[derive(Clone, Debug, Default, PartialEq, SoapOutput)]
pub struct StoreOutput {
    pub shelf: String,
    pub position: i32,
}
