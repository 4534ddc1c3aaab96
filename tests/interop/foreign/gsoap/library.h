// A library, as gSOAP describes it: soapcpp2 makes a WSDL and a server of this.

#import "stlvector.h"

//gsoap b schema namespace: urn:library:books
//gsoap b schema elementForm: unqualified

/// Kinds of books.
enum class b__Genre { NOVEL, POETRY, SCIENCE };

/// Who has written it.
class b__Author {
  public:
    std::string name 1;
    int *born 0;
};

/// A book that can be borrowed.
class b__Book {
  public:
    @int pages 1;
    std::string title 1;
    std::vector<b__Author> author 0;
    b__Genre *genre 0;
    double *price 0;
    std::vector<std::string> tag 0;
};

//gsoap l service name: LibraryService
//gsoap l service style: document
//gsoap l service encoding: literal
//gsoap l service namespace: urn:library
//gsoap l service location: http://localhost:8080/library
//gsoap l service documentation: Lends books.
//gsoap l schema namespace: urn:library
//gsoap l schema elementForm: unqualified

/// Nothing has that title.
class _l__NotFound {
  public:
    std::string title 1;
};

struct SOAP_ENV__Detail {
    _l__NotFound *l__NotFound;
};

//gsoap l service method: add The sum of two numbers.
//gsoap l service method-action: add "urn:library:add"
int l__add(int a, int b, int &sum);

//gsoap l service method: find The book of that title.
//gsoap l service method-fault: find _l__NotFound
int l__find(std::string title, struct l__findResponse { b__Book book 1; } &out);

//gsoap l service method: store Puts a book on a shelf.
int l__store(b__Book book, bool urgent, struct l__storeResponse { std::string shelf 1; int position 1; } &out);

//gsoap l service method: titles All titles.
int l__titles(struct l__titlesResponse { std::vector<std::string> title 0; } &out);
