"""Starts the kitchen sink for `generators.sh`, which makes and runs the clients."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile

from servers import REPOSITORY, Server


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    # For xsdata and for the ruff that it calls.
    path = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as work:
        server = Server("kitchen_sink", work)
        try:
            command = [REPOSITORY / "tests/interop/generators.sh", server.wsdl, work]
            sys.exit(subprocess.run(command, cwd=work, env=os.environ | {"PATH": path}).returncode)
        finally:
            server.stop(signal.SIGKILL)


if __name__ == "__main__":
    main()
