"""The tutorial's steps with a waiter, for one client and one WSDL: those that both waiters pass."""

import base64
import contextlib
import pathlib
import re
import signal
import time
import uuid

import html5lib

from checks import equal, eventually
from clients import Fault
from servers import Server, kill_all, processes_below

TOKEN = "a token"
START, STATUS, ABORT, NOTIFY = "startWaiter", "getServiceStatus", "abortService", "notifyService"


class Waiter:
    """A waiter that serves, and where it is right that the two differ."""

    # How many processes one execution has.
    processes_each = 1
    operations = {START, STATUS, ABORT}
    # Of a page: what the bar says, and the text.
    page = re.compile(r'style="width: (\d+\.\d)px".*?>(\d+)%<', re.DOTALL)
    percent_wide = 8.0
    # What a start with other arguments is told of the first one with 300 seconds.
    before = "secondsToWait 300"
    settings = {}

    def __init__(self, example, work):
        self.example = example
        self.root = pathlib.Path(work).resolve() / f"{example}.executions"
        self.server = Server(example, work, WAITER_LOG_FOLDER=str(self.root), **self.settings)

    def processes(self, executions):
        """The processes of so many executions, once all of them are there."""
        wanted = executions * self.processes_each

        def look():
            found = processes_below(self.root)
            return (found,) if len(found) == wanted else None

        return eventually(look, f"{wanted} processes")[0]

    # The end of an execution that has nothing to do: it is known when its start is answered.
    end_of = staticmethod(lambda execution: execution.status())

    def close(self):
        self.server.stop(signal.SIGKILL)
        kill_all(processes_below(self.root))


class Execution:
    """One execution, under a name of its own; with the end of the `with` it is stopped, if need be."""

    def __init__(self, client, waiter, token=TOKEN, service_id=None):
        self.client = client
        self.waiter = waiter
        self.token = token
        self.id = service_id or f"interop {uuid.uuid4()}"
        self.shown = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(Fault):  # it may never have been started
            self.abort()

    def call(self, operation, **arguments):
        answer = self.client.call(operation, serviceID=self.id, sessionToken=self.token, **arguments)
        if answer.get("status_base64", "UNCHANGED") not in ("UNCHANGED", "COMPLETED"):
            self.shown = answer["status_base64"]
        return answer

    def start(self, **arguments):
        return self.call(START, **arguments)

    def status(self):
        return self.call(STATUS)

    def abort(self):
        return self.call(ABORT)

    def notify(self, message):
        return self.call(NOTIFY, message=message)

    def page(self):
        """The page that the portal shows, which has to be valid HTML."""
        page = base64.b64decode(self.shown, validate=True).decode()
        html5lib.HTMLParser(strict=True).parse(page)
        return page

    def percent(self, answer):
        """Of an answer for an execution that runs, once bar and text agree."""
        equal(answer["result"], "UNSET")
        width, shown = self.waiter.page.search(self.page()).groups()
        equal(float(width), int(shown) * self.waiter.percent_wide)
        return int(shown)


def completed(execution):
    """The answer that says so, once it comes."""
    return eventually(lambda: (answer := execution.status())["status_base64"] == "COMPLETED" and answer, "the end")


def fault_of(call, **arguments):
    try:
        answer = call(**arguments)
    except Fault as fault:
        return fault
    raise AssertionError(f"an answer and no fault: {answer}")


def runs_to_its_result(client, waiter):
    with Execution(client, waiter) as execution:
        equal(execution.percent(execution.start(secondsToWait=3)), 0)
        seen = []
        deadline = time.monotonic() + 60
        while (answer := execution.status())["status_base64"] != "COMPLETED":
            seen.append(execution.percent(answer))
            assert time.monotonic() < deadline, f"never completed: {seen}"
            time.sleep(0.1)
        equal(answer["result"], "FINISHED")
        # 99 is all but the result.
        assert seen == sorted(seen) and {0, 33, 66, 99} >= set(seen) and len(set(seen)) > 1, seen
        equal(execution.status(), answer)


def completes_at_once_without_waiting(client, waiter):
    with Execution(client, waiter) as execution:
        execution.start(secondsToWait=0)
        equal(waiter.end_of(execution), {"status_base64": "COMPLETED", "result": "FINISHED"})


def aborts(client, waiter):
    with Execution(client, waiter) as execution:
        execution.start(secondsToWait=3000)
        waiter.processes(1)
        equal(execution.abort(), {"success": True})
        equal(processes_below(waiter.root), {})
        fault = fault_of(execution.status)
        equal(fault.code.partition(".")[0], "Client")
        assert execution.id in fault.message and "aborted" in fault.message, fault
        equal(execution.abort(), {"success": True})


def names_an_unknown_execution(client, waiter):
    with Execution(client, waiter) as execution:
        for call in (execution.status, execution.abort):
            fault = fault_of(call)
            equal(fault.code.partition(".")[0], "Client")
            assert execution.id in fault.message, fault


def waits_for_300_seconds_if_nothing_is_said(client, waiter):
    with Execution(client, waiter) as execution:
        equal(execution.percent(execution.start()), 0)
        equal(execution.percent(execution.start(secondsToWait=300)), 0)
        fault = fault_of(execution.start, secondsToWait=301)
        assert waiter.before in fault.message, fault
        equal(execution.abort(), {"success": True})


def a_second_start_is_the_first_or_refused(client, waiter):
    with Execution(client, waiter) as execution:
        execution.start(secondsToWait=3000)
        processes = waiter.processes(1)
        equal(execution.percent(execution.start(secondsToWait=3000)), 0)
        fault = fault_of(execution.start, secondsToWait=5)
        equal(fault.code.partition(".")[0], "Client")
        assert execution.id in fault.message, fault
        equal(processes_below(waiter.root), processes)


def survives_a_server_that_is_killed_and_one_that_is_stopped(client, waiter):
    with Execution(client, waiter) as runs_on, Execution(client, waiter) as ends:
        equal(runs_on.percent(runs_on.start(secondsToWait=3000)), 0)
        processes = waiter.processes(1)
        ends.start(secondsToWait=2)
        for how in (signal.SIGKILL, signal.SIGTERM):
            waiter.server.stop(how)
            assert processes.items() <= processes_below(waiter.root).items(), "it went with its server"
            waiter.server.start()
            equal(runs_on.percent(runs_on.status()), 0)
        equal(completed(ends), {"status_base64": "COMPLETED", "result": "FINISHED"})
        equal(waiter.processes(1), processes)


STEPS = [
    runs_to_its_result,
    completes_at_once_without_waiting,
    aborts,
    names_an_unknown_execution,
    waits_for_300_seconds_if_nothing_is_said,
    a_second_start_is_the_first_or_refused,
    survives_a_server_that_is_killed_and_one_that_is_stopped,
]
