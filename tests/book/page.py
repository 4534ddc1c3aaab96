"""What there is to do on a page of the book: files to write, commands to run, outputs to compare.

A fenced block is about the line before it, which is one of these:

    `src/main.rs`:                  the block is that file
    `env`, at the end:              the block goes to the end of that file
    <!-- not run: REASON -->        a block of commands that only the reader runs
    <!-- another terminal -->       a block of commands that go on until the page has been read
    <!-- run: COMMAND -->           (without a block) what is done between two blocks, and not shown

Of the others, `sh` blocks are commands, and `console` blocks commands behind `$ ` with their output. The rest is only
to read.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^(```+)\s*([\w-]*)")
FILE = re.compile(r"^`([\w./-]+)`(, at the end)?:$")
MARKER = re.compile(r"^<!-- (not run: .*|another terminal|run: .*) -->$")


@dataclass
class Step:
    """One thing to do, and the line of the page that says so."""

    line: int
    kind: str  # file, append, run, background, session, not run
    text: str
    name: str = ""  # of the file
    commands: list = field(default_factory=list)  # of a session: (line, command, output lines)


def steps(path: Path) -> list[Step]:
    """All that the page has to do, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found, before, number = [], "", 0
    while number < len(lines):
        line = lines[number]
        fence = FENCE.match(line)
        if fence is None:
            hidden = MARKER.match(line)
            if hidden and hidden[1].startswith("run: "):
                found.append(Step(number + 1, "run", hidden[1].removeprefix("run: ")))
            before = line.strip() or before
            number += 1
            continue
        end = next(at for at in range(number + 1, len(lines)) if lines[at].startswith(fence[1]))
        step = block(number + 1, fence[2], before, lines[number + 1 : end])
        if step:
            found.append(step)
        before, number = "", end + 1
    return found


def block(line: int, language: str, before: str, content: list[str]) -> Step | None:
    """What a fenced block asks for, if anything."""
    text = "\n".join(content) + "\n"
    file, marker = FILE.match(before), MARKER.match(before)
    if file:
        return Step(line, "append" if file[2] else "file", text, name=file[1])
    if language not in ("sh", "console"):
        return None
    if marker and marker[1].startswith("not run: "):
        return Step(line, "not run", marker[1].removeprefix("not run: "))
    if language == "console":
        return Step(line, "session", text, commands=session(line, content))
    return Step(line, "background" if marker and marker[1] == "another terminal" else "run", text)


def session(line: int, content: list[str]) -> list[tuple[int, str, list[str]]]:
    """The commands of a console block, each with the output that is shown."""
    commands = []
    for number, shown in enumerate(content, line + 1):
        if shown.startswith("$ "):
            commands.append((number, shown[2:], []))
        elif shown.startswith("> ") and commands and not commands[-1][2]:
            at, command, output = commands[-1]
            commands[-1] = (at, f"{command}\n{shown[2:]}", output)
        elif commands:
            commands[-1][2].append(shown)
    return commands
