"""The examples as servers, which can be killed and started again, and the processes they leave."""

import os
import pathlib
import re
import signal
import subprocess

from checks import eventually

REPOSITORY = pathlib.Path(__file__).parents[2]


class Server:
    """An example that serves. It keeps its port when it is started again."""

    def __init__(self, example, work, **settings):
        self.example = example
        self.log = pathlib.Path(work) / f"{example}.log"
        self.out = pathlib.Path(work) / f"{example}.out"
        self.environment = os.environ | settings
        self.start()

    def start(self):
        # As run.sh has built it; `cargo run` becomes the program as well, so this process is the server.
        built = os.environ.get("EXAMPLES")
        command = [f"{built}/{self.example}"] if built else ["cargo", "run", "--quiet", "--example", self.example]
        with self.out.open("w") as out, self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=REPOSITORY, env=self.environment, stdout=out, stderr=log)
        self.wsdl = eventually(self.said_wsdl, f"the example {self.example} serves", 120)
        self.environment["LISTEN"] = re.match(r"http://localhost(:\d+)/", self.wsdl).expand(r"127.0.0.1\1")

    def said_wsdl(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the example {self.example} did not start:\n{self.log.read_text()}")
        found = re.search(r"^\s*WSDL\s+(\S+)$", self.out.read_text(), re.MULTILINE)
        return found and found[1]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(60)


def processes_below(folder):
    """Those that have the folder in their command line, or work in it: `{id: command line}`."""
    found = {}
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()
            place = os.readlink(process / "cwd")
        except OSError:  # it is gone, or somebody else's
            continue
        if str(folder) in line or place.startswith(str(folder)):
            found[int(process.name)] = line
    return found


def kill_all(processes):
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
