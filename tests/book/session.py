"""One bash that runs the commands of a page, in a home folder of its own."""

import os
import selectors
import shutil
import subprocess
import time
from pathlib import Path

from compare import difference

ROOT = Path(__file__).resolve().parents[2]
END = "@@ the end of the command, exit code"
LONGEST = 300
SOON = 60

# A new package gets the versions that are built already. In all else it is cargo itself: what is started in the background
# has to be the process that gets the signals.
CARGO = """#!/bin/sh
[ "$1" = new ] || exec "$CARGO_ITSELF" "$@"
"$CARGO_ITSELF" "$@" && for package; do :; done && cp "$ROOT/Cargo.lock" "$package/"
"""


class Mistake(Exception):
    """What a page says, and is not so."""


def listening() -> set[str]:
    """The ports that something listens on."""
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                ports.add(fields[1].rpartition(":")[2])
    return ports


def environment(home: Path, tools: Path) -> dict[str, str]:
    """That of a new user who has Rust, and the repository's target folder."""
    own = Path.home()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TERM", "CARGO_INCREMENTAL") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "ROOT": str(ROOT),
        "PATH": f"{tools}:{ROOT}/target/debug:{kept['PATH']}",
        "CARGO_ITSELF": shutil.which("cargo") or "cargo",
        "CARGO_HOME": os.environ.get("CARGO_HOME", str(own / ".cargo")),
        "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(own / ".rustup")),
        "CARGO_TARGET_DIR": os.environ.get("CARGO_TARGET_DIR", f"{ROOT}/target"),
        "CARGO_NET_OFFLINE": "true",
        # As the repository's own profile.
        "CARGO_PROFILE_DEV_DEBUG": "line-tables-only",
        "LC_ALL": "C.UTF-8",
    }


class Session:
    """Keeps variables, functions and the current folder from command to command."""

    def __init__(self, home: Path):
        self.home = home
        home.mkdir(parents=True)
        self.block = home.with_suffix(".sh")
        tools = home.with_suffix(".tools")
        tools.mkdir()
        (tools / "cargo").write_text(CARGO)
        (tools / "cargo").chmod(0o755)
        self.bash = subprocess.Popen(
            ["bash", "--norc"],
            cwd=home,
            env=environment(home, tools),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        os.set_blocking(self.bash.stdout.fileno(), False)

    def end(self) -> None:
        """The processes that it started end with the namespace."""
        self.bash.kill()
        self.bash.wait()

    def write(self, name: str, text: str, at_the_end: bool) -> None:
        """A file in the current folder of the session."""
        path = Path(os.readlink(f"/proc/{self.bash.pid}/cwd")) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if at_the_end else "w", encoding="utf-8") as file:
            file.write(text)

    def execute(self, command: str, place: str) -> tuple[int, str]:
        """The exit code and the output of a command, or of several lines of them."""
        before = listening()
        self.block.write_text(command, encoding="utf-8")
        self.bash.stdin.write(f". {self.block} </dev/null; code=$?; printf '\\n%s %d\\n' '{END}' $code; (exit $code)\n".encode())
        self.bash.stdin.flush()
        code, output = self.read(command, place)
        if any(line.rstrip().endswith(" &") for line in command.splitlines()):
            self.await_port(before, place)
        return code, output

    def read(self, command: str, place: str) -> tuple[int, str]:
        """All that is said until the command ends."""
        said, until = b"", time.monotonic() + LONGEST
        with selectors.DefaultSelector() as selector:
            selector.register(self.bash.stdout, selectors.EVENT_READ)
            while time.monotonic() < until:
                if not selector.select(timeout=1):
                    continue
                part = self.bash.stdout.read()
                if not part:
                    break
                said += part
                text, found, code = said.decode(errors="replace").rpartition(f"\n{END} ")
                if found and code.endswith("\n"):
                    return int(code), text
        raise Mistake(f"{place}: `{command.strip()}` has not ended; it said\n{said.decode(errors='replace')}")

    def await_port(self, before: set[str], place: str) -> None:
        """Until what was started in the background listens."""
        until = time.monotonic() + SOON
        while not listening() - before:
            if time.monotonic() > until:
                raise Mistake(f"{place}: what was started listens on no port")
            time.sleep(0.1)

    def run(self, command: str, place: str) -> None:
        """Commands that must not fail."""
        code, output = self.execute(command, place)
        if code != 0:
            raise Mistake(f"{place}: ended with exit code {code}:\n{command}\n{output}")

    def background(self, command: str, place: str) -> None:
        """Commands of which the last one goes on."""
        self.run(f"{command.rstrip()} > /dev/null 2>&1 &", place)

    def compare(self, command: str, shown: list[str], place: str) -> list[str]:
        """A command, and the output that the page shows. What it says is handed back if that is accepted instead."""
        _, output = self.execute(command, place)
        output = output.replace(str(ROOT), "/home/ada/soap-runtime").replace(str(self.home), "/home/ada")
        wrong = difference(shown, output.splitlines())
        if wrong and "UPDATE_GOLDEN" in os.environ:
            return output.splitlines()
        if wrong:
            raise Mistake(f"{place}: `{command}` says something else:\n{wrong}")
        return shown
