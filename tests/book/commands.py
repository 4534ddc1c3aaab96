#!/usr/bin/env python3
"""Runs the commands of pages as a reader would type them, and compares their outputs with those that are shown.

    commands.py PAGE…      each page by itself, in the repository; but those of the tutorial go on from page to page, in
                           a folder of their own, and only they make files
    UPDATE_GOLDEN=1 commands.py PAGE…      the same, and puts outputs that are other into the pages

`page.py` says what of a page is run, `compare.py` what counts as the same output. A command of a block `sh` must not
fail. A line that ends with ` &` has begun when something listens on a new port.

All of it happens in namespaces of its own: every port is free, and all processes end with this one. `soap` and cargo's
target folder are those of the repository, so that nothing is built twice; what was not built there yet takes its time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from page import Step, steps
from session import ROOT, Mistake, Session

INSIDE = "SOAP_BOOK_INSIDE"
# What pages call the reader's copy of this repository.
COPY = "~/soap-runtime"


def into_namespaces() -> None:
    """Starts this program again where it has the network and the processes for itself."""
    if INSIDE in os.environ:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    command = ["unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
    if os.getuid() != 0:
        command.insert(1, "--map-root-user")
    if not shutil.which("unshare") or not shutil.which("ip") or subprocess.run([*command, "true"]).returncode != 0:
        print("SKIPPED: the commands of the pages are not run, for there are no namespaces here (unshare, ip)")
        sys.exit(0)
    os.environ[INSIDE] = "yes"
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


def story(page: Path) -> str:
    """Pages of the same story share a session."""
    return "tutorial" if page.parent.name == "tutorial" else str(page.relative_to(ROOT)).replace("/", "-")


def do(step: Step, session: Session, page: Path) -> None:
    """One step of a page."""
    place = f"{page.relative_to(ROOT)}:{step.line}"
    if step.kind == "not run":
        print(f"  {place}: not run: {step.text}")
    elif step.kind in ("file", "append"):
        if story(page) == "tutorial":
            session.write(step.name, step.text, step.kind == "append")
    elif step.kind == "background":
        session.background(step.text.replace(COPY, str(ROOT)), place)
    elif step.kind == "run":
        session.run(step.text.replace(COPY, str(ROOT)), place)
    else:
        for line, command, shown in step.commands:
            said = session.compare(command.replace(COPY, str(ROOT)), shown, f"{page.relative_to(ROOT)}:{line}")
            if said != shown:
                accept(page, command, shown, said)


def accept(page: Path, command: str, shown: list[str], said: list[str]) -> None:
    """Puts another output into the page, for people to look at and to cut."""
    text = page.read_text(encoding="utf-8")
    command = "$ " + command.replace("\n", "\n> ") + "\n"
    old, new = (command + "".join(f"{line}\n" for line in lines) for lines in (shown, said))
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    print(f"  {page.relative_to(ROOT)}: accepted what `{command.strip()}` says")


def main() -> int:
    into_namespaces()
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    # The same for each run: cargo would build a package in another place once more.
    home = Path(tempfile.gettempdir()) / f"soap-book-{os.getuid()}-{mark}"
    shutil.rmtree(home, ignore_errors=True)
    sessions, mistakes, broken = {}, [], set()
    try:
        for page in [Path(name).resolve() for name in sys.argv[1:]]:
            if story(page) in broken:
                print(f"{page.relative_to(ROOT)}: not run: a page before it has a mistake")
                continue
            print(page.relative_to(ROOT), flush=True)
            if story(page) not in sessions:
                own = home / story(page)
                sessions[story(page)] = Session(own, own if story(page) == "tutorial" else ROOT)
            try:
                for step in steps(page):
                    do(step, sessions[story(page)], page)
            except Mistake as mistake:
                mistakes.append(str(mistake))
                broken.add(story(page))
                print(f"  {mistake}", flush=True)
            # The next page wants the same port.
            if story(page) != "tutorial":
                sessions.pop(story(page)).end()
    finally:
        for session in sessions.values():
            session.end()
        if "KEEP" not in os.environ:
            shutil.rmtree(home, ignore_errors=True)
    print(f"{len(mistakes)} mistakes in {len(sys.argv) - 1} pages" if mistakes else "all pages do what they say")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
