"""Calls a service of another stack with the program `soap`, and compares what comes.

usage: calls.py ROOT_OF_REPOSITORY STACK URL_OF_WSDL
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

root, stack, url = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
program = os.environ.get("CARGO_TARGET_DIR", root / "target")
endpoint = url.split("?")[0]
failures = 0


def soap(*line, stdin=None):
    done = subprocess.run([f"{program}/debug/soap", *line], input=stdin, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def expect(what, actual, expected):
    global failures
    if actual != expected:
        failures += 1
        print(f"{stack}: {what}\n  expected {expected}\n  and not  {actual}")


def answers(operation, arguments, expected):
    """The operation answers so, its arguments given as JSON."""
    code, out, error = soap("call", url, operation, "--args", "-", "--json", stdin=json.dumps(arguments))
    expect(f"{operation} {arguments}", json.loads(out) if code == 0 else error, expected)


def fails(operation, arguments, expected):
    """The operation answers with a fault in which these words are."""
    code, _, error = soap("call", url, operation, *arguments)
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


def library(book, stored, wrapped=lambda element, value: {element: value}):
    """What the three libraries have in common."""
    answers("add", {"a": 2, "b": 3}, {"sum": 5})
    answers("add", {"a": -2147483648, "b": 1}, {"sum": -2147483647})
    answers("find", {"title": "Faust"}, book)
    fails("find", ["title=<Nothing & nobody>"], ["there is no <Nothing & nobody>"])
    (returned,) = book.values()
    answers("store", {"book": returned, "urgent": True}, stored)
    answers("titles", {}, wrapped("title", ["Faust", "Woyzeck"]))


TAGS = ["devil", "<love>"]
GOETHE = {"name": "Goethe", "born": 1749}

if stack == "spyne":
    describes(["add", "find", "store", "titles", "The book of that title.", "POETRY"])
    is_as_committed("spyne/library.wsdl")
    library(
        {
            "findResult": {
                "title": "Faust",
                "authors": {"Author": [GOETHE]},
                "genre": "POETRY",
                "published": "1808-01-01",
                "price": 9.5,
                "tags": TAGS,
            }
        },
        {"shelf": "POETRY/Goethe!", "position": 2},
        lambda _, titles: {"titlesResult": {"string": titles}},
    )
    fails("find", ["title=Nothing"], ["(Client.NotFound)"])
elif stack == "jaxws":
    describes(["add", "find", "store", "titles", "shout", "POETRY"])
    is_as_committed("jaxws/library.wsdl")
    library(
        {
            "book": {
                "@pages": 464,
                "title": "Faust",
                "authors": {"author": [GOETHE]},
                "genre": "POETRY",
                "price": 9.5,
                "tags": TAGS,
            }
        },
        {"shelf": "POETRY/Goethe! 464 2"},
    )
    fails("find", ["title=Nothing"], ["NotFound", "<title>Nothing</title>"])
    expect("one way", soap("call", url, "shout", "text=hey")[0], 0)
elif stack == "gsoap":
    describes(["add", "find", "store", "titles", "The book of that title.", "POETRY"])
    is_as_committed("gsoap/library.wsdl")
    library(
        {
            "book": {
                "@pages": 464,
                "title": "Faust",
                "author": [GOETHE],
                "genre": "POETRY",
                "price": 9.5,
                "tag": TAGS,
            }
        },
        {"shelf": "Goethe!", "position": 2},
    )
    fails("find", ["title=Nothing"], ["NotFound", "<title>Nothing</title>"])
else:
    describes(["add", "echoList", "echoPair"])
    address = {"street": "Main & 1st", "city": "Ulm", "country": "de"}
    answers("add", {"a": 2, "b": 3}, {"sum": 5})
    answers("echoList", {"values": {"item": [1.5, 2]}}, {"values": {"item": [1.5, 2]}})
    answers("echoPair", {"address": address, "colour": "dark-blue"}, {"address": address, "colour": "dark-blue"})

sys.exit(failures > 0)
