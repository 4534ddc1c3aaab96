"""Counting what passed: a failed check does not keep the others from being made."""

import time
import traceback


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def run(self, title, check, *arguments):
        try:
            check(*arguments)
        except Exception:  # whatever a client library throws is a failure of this check
            self.failed += 1
            print(f"FAILED {title}\n{traceback.format_exc()}")
        else:
            self.passed += 1
            print(f"passed {title}")


def equal(found, expected):
    assert found == expected, f"{found!r} is not {expected!r}"


def eventually(look, what, seconds=30):
    """The first true answer of `look`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} seconds")
