#!/usr/bin/env python3
"""Checks a built book: every chapter is there, and every link, anchor and picture in it leads to something.

    links.py SUMMARY [BOOK]      without a book only whether summary and chapters belong together

Addresses on the network are not asked; links out of the book's folder are mistakes.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links of a page, and the places in it that links can lead to."""

    def __init__(self, path: Path):
        super().__init__()
        self.links, self.anchors, self.pictures = [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.anchors.update(value for name, value in attrs if name in ("id", "name") and value)
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag in ("img", "script") and values.get("src"):
            self.links.append(values["src"])
        if tag == "link" and values.get("href"):
            self.links.append(values["href"])
        if tag == "img" and not values.get("alt"):
            self.pictures.append(values.get("src", "a picture"))


def chapters(summary: Path) -> list[str]:
    """The files that the summary names."""
    return re.findall(r"\]\(([^)#]+\.md)\)", summary.read_text(encoding="utf-8"))


def apart(summary: Path) -> list[str]:
    """Chapters without a page, and pages that are no chapter."""
    named, folder = set(chapters(summary)), summary.parent
    there = {str(page.relative_to(folder)) for page in folder.rglob("*.md")} - {summary.name}
    return [f"{summary.name}: the chapter {chapter} is not there" for chapter in sorted(named - there)] + [
        f"{summary.name}: {page} is not named" for page in sorted(there - named)
    ]


def mistakes(book: Path) -> list[str]:
    """What is wrong in the book, a line for each."""
    wrong = []
    # The page for wrong addresses has links from the root of a server.
    pages = {path: Page(path) for path in sorted(book.rglob("*.html")) if path.name != "404.html"}
    for path, page in pages.items():
        here = path.relative_to(book)
        # All chapters on one page: their anchors are not those that links between pages mean.
        if path.name in ("print.html", "toc.html"):
            continue
        wrong.extend(f"{here}: the picture {picture} has no text" for picture in page.pictures)
        wrong.extend(f"{here}: {why}: {link}" for link in page.links if (why := dead(link, path, book, pages)))
    return wrong


def dead(link: str, path: Path, book: Path, pages: dict[Path, Page]) -> str:
    """Why a link leads nowhere; nothing if it does lead somewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("https", "http", "mailto") else "the address is of no known kind"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_relative_to(book):
        return "the link leads out of the book"
    if not target.is_file():
        return "there is no such file in the book"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return "there is no such place"
    return ""


def main() -> int:
    summary, *books = (Path(name).resolve() for name in sys.argv[1:])
    found = apart(summary) + [mistake for book in books for mistake in mistakes(book)]
    print("\n".join(found) if found else f"{len(chapters(summary))} chapters, nothing is wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
