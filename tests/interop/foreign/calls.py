"""Calls a service of another stack with the program `soap`, and compares what comes.

usage: calls.py PROGRAM STACK URL_OF_WSDL
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

program, stack, url = sys.argv[1:]
root = Path(__file__).parents[3]
endpoint = url.split("?")[0]
compared = failures = 0


def soap(*line, stdin=None):
    done = subprocess.run([program, *line], input=stdin, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def expect(what, actual, expected):
    global compared, failures
    compared += 1
    if actual != expected:
        failures += 1
        print(f"{stack}: {what}\n  expected {expected}\n  and not  {actual}")


def answers(operation, arguments, expected):
    """The operation answers so, its arguments given as JSON."""
    code, out, error = soap("call", url, operation, "--args", "-", "--json", stdin=json.dumps(arguments))
    expect(f"{operation} {arguments}", json.loads(out) if code == 0 else error, expected)


def fails(operation, arguments, expected):
    """The operation answers with a fault in which these words are."""
    code, _, error = soap("call", url, operation, "--args", "-", stdin=json.dumps(arguments))
    expect(f"exit code of {operation} {arguments}", code, 1)
    for words in expected:
        expect(f"{operation} {arguments}: {words!r} in {error!r}", words in error, True)


def describes(words):
    """All names are in the description, wherever the WSDL is taken from: its URL, the endpoint, a copy."""
    with tempfile.TemporaryDirectory() as folder:
        code, out, error = soap("save", endpoint, "-o", folder)
        expect(f"soap save {endpoint}: {error}", code, 0)
        for location in [url, endpoint, out.splitlines()[0]]:
            code, described, error = soap("describe", location)
            expect(f"soap describe {location}: {error}", code, 0)
            expect(f"names that are missing in {described}", [word for word in words if word not in described], [])


def is_as_committed(file):
    """What the tool writes today says the same as what it wrote for the tests of the reader."""
    code, out, error = soap("diff", str(root / "tests/wsdl/foreign" / file), url)
    expect(f"soap diff {file}: {out}{error}", code, 0)


def finds(title, output, book):
    answers("find", {"title": title}, {} if book is None else {output: book})


def stores(book, text, urgent=True):
    """The service has got all of the book: it says so in a text."""
    position = {} if stack == "jaxws" else {"position": len(book.get("tags", book.get("tag", [])))}
    answers("store", {"book": book, "urgent": urgent}, {"shelf": text} | position)


def library(output, faust, bare, wrapped=lambda titles: {"title": titles}):
    """What the three libraries have in common."""
    answers("add", {"a": 2, "b": 3}, {"sum": 5})
    answers("add", {"a": -2147483648, "b": 1}, {"sum": -2147483647})
    finds("Faust", output, faust)
    finds("Bare", output, bare)
    fails("find", {"title": "<Nothing & nobody>"}, ["there is no <Nothing & nobody>"])
    answers("titles", {}, wrapped(["Faust", "Woyzeck"]))


TAGS = ["devil", "<love>"]
GOETHE = {"name": "Goethe", "born": 1749}
FAUST = {"title": "Faust", "genre": "POETRY", "price": 9.5}
# Texts and numbers that are easily broken, and some of what may be left out.
ODD = {"title": 'Käthe & <Söhne> "€" \U0001d11e', "genre": "SCIENCE"}
AUTHORS = [{"name": "Ann", "born": -5}, {"name": "Bo"}]
ODD_TAGS = ["", " spaced  out ", "]]>"]
ODD_TEXT = f"{ODD['title']}|Ann(-5),Bo(-)|SCIENCE|-|, spaced  out ,]]>"

if stack == "spyne":
    describes(["add", "find", "store", "titles", "The book of that title.", "POETRY"])
    is_as_committed("spyne/library.wsdl")
    faust = FAUST | {"authors": {"Author": [GOETHE]}, "published": "1808-01-01", "tags": TAGS}
    bare = {"title": "Bare", "tags": [None, ""]}
    library("findResult", faust, bare, lambda titles: {"titlesResult": {"string": titles}})
    finds("Lost", "findResult", None)
    stores(faust, "Faust|Goethe(1749)|POETRY|9.5|devil,<love>|1808-01-01|true")
    stores(bare, "Bare||-|-|-,|-|false", False)
    stores(ODD | {"authors": {"Author": AUTHORS}, "tags": ODD_TAGS}, f"{ODD_TEXT}|-|true")
    fails("store", {}, ["there is no book"])
    fails("find", {"title": "Nothing"}, ["(Client.NotFound)"])
elif stack == "jaxws":
    describes(["add", "find", "store", "titles", "shout", "POETRY"])
    is_as_committed("jaxws/library.wsdl")
    faust = FAUST | {"@pages": 464, "authors": {"author": [GOETHE]}, "tags": TAGS}
    bare = {"@pages": 0, "title": "Bare", "authors": {"author": []}, "price": None, "tags": [None, ""]}
    atlas = bare | {"@type": "atlas", "scale": 0.25}
    library("book", faust, bare)
    finds("Lost", "book", None)
    finds("Atlas", "book", atlas)
    stores(faust, "Faust|Goethe(1749)|POETRY|9.5|devil,<love>|464|true")
    stores(bare, "Bare||-|-|-,|0|false", False)
    stores(atlas, "Bare||-|-|-,|0|true|0.25")
    stores(ODD | {"@pages": -2147483648, "authors": {"author": AUTHORS}, "tags": ODD_TAGS}, f"{ODD_TEXT}|-2147483648|true")
    answers("store", {"book": {"@pages": 1, "title": "T"}}, {"shelf": "T||-|-||1|-"})
    fails("store", {}, ["there is no book"])
    fails("find", {"title": "Nothing"}, ["NotFound", "<title>Nothing</title>"])
    expect("one way", soap("call", url, "shout", "text=hey")[0], 0)
elif stack == "gsoap":
    describes(["add", "find", "store", "titles", "The book of that title.", "POETRY"])
    is_as_committed("gsoap/library.wsdl")
    faust = FAUST | {"@pages": 464, "author": [GOETHE], "tag": TAGS}
    bare = {"@pages": 0, "title": "Bare", "author": [], "tag": []}
    library("book", faust, bare)
    stores(faust, "Faust|Goethe(1749)|POETRY|9.5|devil,<love>|464|true")
    stores(bare, "Bare||-|-||0|false", False)
    stores(ODD | {"@pages": -2147483648, "author": AUTHORS, "tag": ODD_TAGS}, f"{ODD_TEXT}|-2147483648|true")
    fails("store", {"book": {"@pages": 1, "title": ""}, "urgent": False}, ["there is no book"])
    fails("find", {"title": "Nothing"}, ["NotFound", "<title>Nothing</title>"])
else:
    describes(["add", "echoList", "echoPair", "dark-blue", "The sum of two numbers."])
    address = {"street": "Main & <1st>", "city": "Köln", "country": "de"}
    answers("add", {"a": 2, "b": -3}, {"sum": -1})
    fails("add", {"a": 0, "b": 0}, ["nothing <to> add", "(Client.Nothing)"])
    answers("echoList", {"values": {"item": [1.5, 2]}}, {"values": {"item": [1.5, 2]}})
    answers("echoList", {"values": {"item": []}}, {"values": {"item": []}})
    for colour in ["blue", "green", "dark-blue"]:
        answers("echoPair", {"address": address, "colour": colour}, {"address": address, "colour": colour})
    for without in [{"street": "Main & <1st>", "city": "K"}, {"street": "Main", "city": "K", "country": None}]:
        answers("echoPair", {"address": without, "colour": "blue"}, {"address": without, "colour": "blue"})

print(f"{stack}: soap has compared {compared} answers, {failures} wrong")
sys.exit(failures > 0)
