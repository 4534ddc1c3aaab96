#!/usr/bin/env python3
"""Runs a command in a terminal, and writes what the terminal shows as a page.

    terminal.py PAGE SHOWN ENDS COMMAND…

SHOWN is the command as the page shows it, behind a prompt. ENDS is a pattern: once the screen has it, the picture is taken,
and the command aborted; with an empty one when the command has ended. The terminal is one of pyte's: 90 columns, and as
many lines as it takes.
"""

import fcntl
import html
import os
import pty
import re
import signal
import struct
import sys
import termios
from pathlib import Path

import pyte

COLUMNS, LINES = 90, 100

STYLE = """
body { margin: 0; background: #fff; }
pre { display: inline-block; margin: 0; padding: 14px 18px; background: #1e2227; color: #d7dae0; border-radius: 6px;
      font: 14px/1.35 "DejaVu Sans Mono", monospace; }
.prompt { color: #8a919e; } .bold { font-weight: bold; }
.black { color: #7d8590; } .red { color: #f28b82; } .green { color: #8fd18b; } .brown { color: #e3c274; }
.blue { color: #82b1ff; } .magenta { color: #d7a0f5; } .cyan { color: #78d0e0; } .white { color: #fff; }
"""


def run(command: list[str], ends: str) -> pyte.Screen:
    """The screen once it shows what is waited for, or the command has ended."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    shown = False
    while True:
        try:
            stream.feed(os.read(terminal, 65536))
        except OSError:
            break  # it has ended
        if ends and re.search(ends, "\n".join(screen.display)):
            shown = True
            break
    if shown:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if ends and not shown:
        sys.exit(f"{' '.join(command)} has ended without {ends!r}:\n" + "\n".join(screen.display).rstrip())
    return screen


def markup(screen: pyte.Screen) -> str:
    """The lines of the screen, with their colours."""
    lines = []
    for number in range(LINES):
        row, line = screen.buffer[number], ""
        last = max((column for column in row if row[column].data.strip()), default=-1)
        for column in range(last + 1):
            cell = row[column]
            classes = [cell.fg.removeprefix("bright")] if cell.fg != "default" else []
            classes += ["bold"] if cell.bold else []
            text = html.escape(cell.data)
            line += f'<span class="{" ".join(classes)}">{text}</span>' if classes else text
        lines.append(line)
    return "\n".join(lines).rstrip()


def main() -> None:
    page, shown, ends, *command = sys.argv[1:]
    screen = run(command, ends)
    prompt = f'<span class="prompt">$</span> <span class="bold">{html.escape(shown)}</span>'
    Path(page).write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{STYLE}</style><pre>{prompt}\n{markup(screen)}</pre>",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
