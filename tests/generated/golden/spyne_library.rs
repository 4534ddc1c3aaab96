// Generated from `library.wsdl` by soap_runtime::build::client.

use soap_runtime::jiff::civil::Date;
use soap_runtime::rust_decimal::Decimal;
use soap_runtime::{Fault, SoapOutput, SoapType, WithOffset, soap_service};

/// Where the WSDL says that `Library` is.
pub const ADDRESS: &str = "http://localhost:8080/library";

#[soap_service(
    name = "LibraryService",
    path = "/library",
    namespace = "urn:library",
    naming = "flask-spyne",
    foreign
)]
pub trait Library {
    /// The sum of two numbers.
    #[operation(outputs(sum))]
    async fn add(&self, a: Option<i128>, b: Option<i128>) -> Result<Option<i128>, Fault>;
    /// The book of that title.
    ///
    /// Declared fault: `NotFound`, whose detail is the element `NotFound`, a `NotFound`.
    #[operation]
    async fn find(&self, title: String) -> Result<Option<Book>, Fault>;
    /// Puts a book on a shelf.
    #[operation]
    async fn store(
        &self,
        book: Option<Book>,
        /// Default: `false`.
        urgent: Option<bool>,
    ) -> Result<StoreOutput, Fault>;
    /// All titles.
    #[operation]
    async fn titles(&self) -> Result<Option<StringArray>, Fault>;
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:library:books")]
pub struct Book {
    pub title: String,
    pub authors: Option<AuthorArray>,
    pub genre: Option<Genre>,
    pub published: Option<WithOffset<Date>>,
    pub price: Option<Decimal>,
    pub tags: Vec<Option<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:library:books")]
pub struct AuthorArray {
    #[soap(name = "Author")]
    pub author: Vec<Option<Author>>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:library:books")]
pub struct Author {
    pub name: String,
    pub born: Option<i128>,
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
pub struct NotFound {}

/// The outputs of `store`.
#[derive(Clone, Debug, Default, PartialEq, SoapOutput)]
pub struct StoreOutput {
    pub shelf: Option<String>,
    pub position: Option<i128>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "stringArray")]
pub struct StringArray {
    pub string: Vec<Option<String>>,
}
