"""What the waiter has besides, for its method is a job: for one client and one WSDL."""

import os
import re
import signal
import uuid

from checks import equal, eventually
from clients import Fault
from waiter import ABORT, NOTIFY, START, STATUS, Execution, Waiter, completed, fault_of


class WaiterWithJobs(Waiter):
    # The one that runs the method, and the program that waits.
    processes_each = 2
    operations = {START, STATUS, ABORT, NOTIFY}
    page = re.compile(r'style="width:(\d+)%".*?<p class="percent">(\d+)%</p>', re.DOTALL)
    percent_wide = 1.0
    before = "other arguments"
    settings = {"MAX_RUNNING": "2"}

    # Its program is started, and has ended a moment later.
    end_of = staticmethod(completed)


def a_page_comes_when_it_is_another_one(client, waiter):
    with Execution(client, waiter) as execution:
        execution.start(secondsToWait=100)
        unchanged = lambda: execution.status()["status_base64"] == "UNCHANGED"
        for _ in range(2):
            eventually(unchanged, "nothing changes for a moment")
            before = execution.percent({"result": "UNSET"})
            eventually(lambda: execution.percent(execution.status()) > before, "a page with another number")


def waits_in_the_queue_for_its_turn(client, waiter):
    with (
        Execution(client, waiter) as first,
        Execution(client, waiter) as second,
        Execution(client, waiter) as third,
        Execution(client, waiter) as fourth,
    ):
        for execution in (first, second, third, fourth):
            equal(execution.percent(execution.start(secondsToWait=3000)), 0)
        assert "Next in the queue" in third.page(), third.page()
        assert "Place 2 in the queue" in fourth.page(), fourth.page()
        equal(third.abort(), {"success": True})
        fourth.status()
        assert "Next in the queue" in fourth.page(), fourth.page()
        equal(first.abort(), {"success": True})
        eventually(lambda: fourth.status() and "Running" in fourth.page(), "its turn")
        equal(len(waiter.processes(2)), 4)


def is_known_to_its_owner_only(client, waiter):
    with Execution(client, waiter) as mine:
        others = Execution(client, waiter, token="another token", service_id=mine.id)
        unknown = fault_of(others.status)
        mine.start(secondsToWait=3000)
        for call in (others.status, others.abort):
            equal(str(fault_of(call)), str(unknown))
        assert "is taken" in fault_of(others.start, secondsToWait=3000).message
        equal(mine.percent(mine.status()), 0)


def takes_messages(client, waiter):
    with Execution(client, waiter) as execution:
        execution.start(secondsToWait=3000)
        message = f"größer & <schneller> {uuid.uuid4()}"
        equal(execution.notify(message), {"response": "OK"})
        files = lambda: [file.read_text() for file in waiter.root.glob("jobs/*/notifications.txt")]
        eventually(lambda: f"{message}\n" in files(), "the message in the file of the program")
        equal(execution.abort(), {"success": True})
        fault = fault_of(execution.notify, message=message)
        equal(fault.code.partition(".")[0], "Client")
        assert execution.id in fault.message and "ended" in fault.message, fault


def the_button_of_the_page_aborts(client, waiter):
    with Execution(client, waiter) as execution:
        execution.start(secondsToWait=3000)
        message = re.search(r'notify_running_job\("(.*?)"\)', execution.page())[1]
        equal(execution.notify(message), {"response": "OK"})
        equal(waiter.processes(0), {})
        assert "aborted" in fault_of(execution.status).message


def failed(execution, waiter):
    """Its fault, after its program was killed."""
    execution.start(secondsToWait=3000)
    (program,) = [process for process, line in waiter.processes(1).items() if line.endswith(" wait 3000")]
    os.kill(program, signal.SIGKILL)

    def look():
        try:
            execution.status()
        except Fault as fault:
            return fault

    return eventually(look, "a fault")


def a_failure_is_a_fault_that_says_why(client, waiter):
    with Execution(client, waiter) as execution:
        fault = failed(execution, waiter)
        equal(fault.code, "Server")
        assert execution.id in fault.message and "signal: 9" in fault.message, fault
        for call in (execution.status, lambda: execution.start(secondsToWait=3000)):
            equal(str(fault_of(call)), str(fault))
        equal(waiter.processes(0), {})


def a_failure_is_declared_with_its_reason(client, waiter):
    with Execution(client, waiter) as execution:
        fault = failed(execution, waiter)
        equal(set(fault.detail), {"ServiceFailedFault"})
        detail = {name: str(value) for name, value in fault.detail["ServiceFailedFault"].items()}
        equal(set(detail), {"serviceID", "reason"})
        equal(detail["serviceID"], execution.id)
        equal(fault.message, f'execution "{execution.id}": {detail["reason"]}')


# With any WSDL, and with one that has what they use.
STEPS = [
    a_page_comes_when_it_is_another_one,
    waits_in_the_queue_for_its_turn,
    is_known_to_its_owner_only,
    a_failure_is_a_fault_that_says_why,
]
STEPS_WITH_OUR_WSDL = [takes_messages, the_button_of_the_page_aborts, a_failure_is_declared_with_its_reason]
