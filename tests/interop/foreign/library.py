"""A library, as Spyne serves it. Prints its URL, and serves until it is killed."""

import sys
from datetime import date
from decimal import Decimal as Number
from wsgiref.simple_server import WSGIRequestHandler, make_server

import six_for_spyne  # noqa: F401  before Spyne
from spyne import Application, Array, Boolean, ComplexModel, Date, Decimal, Fault, Integer, ServiceBase, Unicode, rpc
from spyne.model.enum import Enum
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

Genre = Enum("NOVEL", "POETRY", "SCIENCE", type_name="Genre")
Genre.__namespace__ = "urn:library:books"


class Author(ComplexModel):
    """Who has written it."""

    __namespace__ = "urn:library:books"
    name = Unicode(min_occurs=1, nillable=False)
    born = Integer


class Book(ComplexModel):
    """A book that can be borrowed."""

    __namespace__ = "urn:library:books"
    title = Unicode(min_occurs=1, nillable=False)
    authors = Array(Author)
    genre = Genre
    published = Date
    price = Decimal
    tags = Unicode(max_occurs="unbounded")


class NotFound(Fault):
    __namespace__ = "urn:library"

    def __init__(self, title):
        super().__init__("Client.NotFound", f"there is no {title}")


BOOK = Book(
    title="Faust",
    authors=[Author(name="Goethe", born=1749)],
    genre=Genre.POETRY,
    published=date(1808, 1, 1),
    price=Number("9.50"),
    tags=["devil", "<love>"],
)
# With nothing that may be left out, and one that is nil.
BARE = Book(title="Bare", tags=[None, ""])


def text(book, urgent):
    """All that has come, so that the caller can compare it."""
    known = lambda value: "-" if value is None else str(value)
    authors = ",".join(f"{author.name}({known(author.born)})" for author in book.authors or [])
    price = None if book.price is None else f"{book.price.normalize():f}"
    tags = ",".join(known(tag) for tag in book.tags or [])
    urgent = None if urgent is None else str(urgent).lower()
    return "|".join(map(known, [book.title, authors, book.genre, price, tags, book.published, urgent]))


class LibraryService(ServiceBase):
    """Lends books."""

    @rpc(Integer, Integer, _returns=Integer, _out_variable_name="sum")
    def add(ctx, a, b):
        """The sum of two numbers."""
        return a + b

    @rpc(Unicode(min_occurs=1, nillable=False), _returns=Book, _throws=NotFound)
    def find(ctx, title):
        """The book of that title."""
        known = {"Faust": BOOK, "Bare": BARE, "Lost": None}
        if title not in known:
            raise NotFound(title)
        return known[title]

    @rpc(Book, Boolean(default=False), _returns=[Unicode, Integer], _out_variable_names=["shelf", "position"])
    def store(ctx, book, urgent):
        """Puts a book on a shelf."""
        if book is None:
            raise Fault("Client", "there is no book")
        return text(book, urgent), len(book.tags or [])

    @rpc(_returns=Array(Unicode))
    def titles(ctx):
        """All titles."""
        return ["Faust", "Woyzeck"]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


application = Application([LibraryService], "urn:library", in_protocol=Soap11(validator="lxml"), out_protocol=Soap11())
server = make_server("127.0.0.1", 0, WsgiApplication(application), handler_class=Quiet)
print(f"http://127.0.0.1:{server.server_port}/library?wsdl", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit()
