"""The tutorial's steps with the waiter, for one client and one WSDL."""

import base64
import contextlib
import hashlib
import os
import pathlib
import re
import time
import uuid

from checks import eventually, equal
from clients import Fault

TOKEN = "a token"
PAGE = re.compile(r'style="width: (\d+\.\d)px".*?>(\d+)%<', re.DOTALL)


def percent(status):
    """Of a page, once bar and text agree."""
    page = base64.b64decode(status, validate=True).decode()
    assert page.startswith("<!DOCTYPE html>"), page
    width, shown = PAGE.search(page).groups()
    equal(float(width), int(shown) * 8.0)
    return int(shown)


class Execution:
    """One execution, under a name of its own; with the end of the `with` it is stopped, if need be."""

    def __init__(self, client):
        self.client = client
        self.id = f"interop {uuid.uuid4()}"

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(Fault):  # it may never have been started
            self.abort()

    def start(self, **arguments):
        return self.client.call("startWaiter", serviceID=self.id, sessionToken=TOKEN, **arguments)

    def status(self):
        return self.client.call("getServiceStatus", serviceID=self.id, sessionToken=TOKEN)

    def abort(self):
        return self.client.call("abortService", serviceID=self.id, sessionToken=TOKEN)

    def folder(self, root):
        return pathlib.Path(root) / hashlib.sha256(self.id.encode()).hexdigest()


def fault_of(call, **arguments):
    try:
        answer = call(**arguments)
    except Fault as fault:
        return fault
    raise AssertionError(f"an answer and no fault: {answer}")


def lists_its_operations(client, _root):
    equal(client.operations(), {"startWaiter", "getServiceStatus", "abortService"})


def runs_to_its_result(client, _root):
    with Execution(client) as execution:
        answer = execution.start(secondsToWait=3)
        equal((percent(answer["status_base64"]), answer["result"]), (0, "UNSET"))
        seen = []
        deadline = time.monotonic() + 60
        while (answer := execution.status())["status_base64"] != "COMPLETED":
            equal(answer["result"], "UNSET")
            seen.append(percent(answer["status_base64"]))
            assert time.monotonic() < deadline, f"never completed: {seen}"
            time.sleep(0.1)
        equal(answer["result"], "FINISHED")
        assert seen == sorted(seen) and max(seen) < 100, seen
        assert {0, 33, 66} >= set(seen) and len(set(seen)) > 1, seen
        equal(execution.status(), answer)


def completes_at_once_without_waiting(client, _root):
    with Execution(client) as execution:
        execution.start(secondsToWait=0)
        equal(execution.status(), {"status_base64": "COMPLETED", "result": "FINISHED"})


def aborts(client, root):
    with Execution(client) as execution:
        execution.start(secondsToWait=3000)
        process_file = execution.folder(root) / "process.txt"
        process = int(eventually(lambda: process_file.exists() and process_file.read_text(), "a process"))
        os.kill(process, 0)
        equal(execution.abort(), {"success": True})
        eventually(lambda: not pathlib.Path(f"/proc/{process}").exists(), "the process is gone")
        fault = fault_of(execution.status)
        assert execution.id in fault.message and "aborted" in fault.message, fault
        equal(execution.abort(), {"success": True})


def names_an_unknown_execution(client, _root):
    with Execution(client) as execution:
        for call in (execution.status, execution.abort):
            fault = fault_of(call)
            equal(fault.code.partition(".")[0], "Client")
            assert execution.id in fault.message, fault


def waits_for_300_seconds_if_nothing_is_said(client, _root):
    with Execution(client) as execution:
        equal(percent(execution.start()["status_base64"]), 0)
        equal(percent(execution.start(secondsToWait=300)["status_base64"]), 0)
        fault = fault_of(execution.start, secondsToWait=301)
        assert "300" in fault.message, fault
        equal(execution.abort(), {"success": True})


def a_second_start_is_the_first_or_refused(client, root):
    with Execution(client) as execution:
        execution.start(secondsToWait=3000)
        process_file = execution.folder(root) / "process.txt"
        eventually(process_file.exists, "a process")
        process = process_file.read_text()
        equal(execution.start(secondsToWait=3000)["result"], "UNSET")
        equal(process_file.read_text(), process)
        fault = fault_of(execution.start, secondsToWait=5)
        equal(fault.code.partition(".")[0], "Client")
        assert execution.id in fault.message, fault


STEPS = [
    lists_its_operations,
    runs_to_its_result,
    completes_at_once_without_waiting,
    aborts,
    names_an_unknown_execution,
    waits_for_300_seconds_if_nothing_is_said,
    a_second_start_is_the_first_or_refused,
]
