"""Runs all steps with all clients.

usage: run.py WAITER_WSDL CALCULATOR_WSDL WAITER_LOG_FOLDER REFERENCE_WSDL
"""

import pathlib
import re
import sys
import tempfile

import calculator
import waiter
from checks import Checks
from clients import ALL


def with_address(reference, address, folder):
    """The reference WSDL with the address of our server: what a client of the old service holds."""
    text = pathlib.Path(reference).read_text()
    text, changed = re.subn(r'(<soap:address location=)"[^"]*"', rf'\1"{address}"', text)
    assert changed == 1, f"{changed} addresses in {reference}"
    path = pathlib.Path(folder) / "waiter.wsdl"
    path.write_text(text)
    return path.as_uri()


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    waiter_wsdl, calculator_wsdl, root, reference = sys.argv[1:]
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        held = with_address(reference, waiter_wsdl.partition("?")[0], folder)
        for client in ALL:
            for whose, url in [("our WSDL", waiter_wsdl), ("the reference WSDL", held)]:
                for step in waiter.STEPS:
                    title = f"waiter, {client.name}, {whose}: {step.__name__.replace('_', ' ')}"
                    checks.run(title, lambda: step(client(url), root))
            for step in calculator.STEPS:
                title = f"calculator, {client.name}: {step.__name__.replace('_', ' ')}"
                checks.run(title, lambda: step(client(calculator_wsdl)))
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
