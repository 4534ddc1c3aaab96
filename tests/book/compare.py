"""Whether a command said what a page shows.

In what is shown, `…` stands for anything within its line, and alone on its line for any lines. What is other each time is
taken out of both, by the rules below. Of lines that are the same then, one after the other, only one counts: how often
somebody says how far it is depends on the machine.
"""

import difflib
import re

VARIES = [
    (re.compile(r"\x1b\[[0-9;]*m"), ""),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+\d\d:?\d\d)?"), "TIME"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "TIME"),
    (re.compile(r"\b\d+%"), "N%"),
    (re.compile(r"\b\d+ bytes\b"), "N bytes"),
    (re.compile(r"\bin \d+(\.\d+)?s\b"), "in Ns"),
    (re.compile(r"\b\d+(\.\d+)? s\b"), "N s"),
    (re.compile(r'="\d+"'), '="N"'),
    # Columns are as wide as what varies.
    (re.compile(r"(?<=\S) {2,}"), "  "),
]


def plain(lines: list[str]) -> list[str]:
    """The lines without what varies."""
    kept = []
    for line in lines:
        for rule, word in VARIES:
            line = rule.sub(word, line)
        line = line.rstrip()
        if not kept or line != kept[-1] or not line:
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def difference(shown: list[str], said: list[str]) -> str:
    """What is other, for people to read; nothing if the output is as shown."""
    shown, said = plain(shown), plain(said)
    pattern = ""
    for line in shown:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("…")) + "\n"
    if re.fullmatch(pattern, "".join(f"{line}\n" for line in said)):
        return ""
    return "\n".join(difflib.unified_diff(shown, said, "shown", "said", lineterm="", n=2))
