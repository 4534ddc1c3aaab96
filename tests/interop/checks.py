"""Counting what passed: a failed check does not keep the others from being made."""

import sys
import time
import traceback


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.stopped = False

    def stop(self, *_signal):
        """What cleans up behind the current check may fail by now, and hide this exit: the next one sees it."""
        self.stopped = True
        sys.exit("terminated")

    def run(self, title, check, *arguments):
        if self.stopped:
            sys.exit("terminated")
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
