"""Starts the examples and runs all steps with all clients.  usage: run.py REFERENCE_WSDL"""

import pathlib
import re
import signal
import sys
import tempfile

import calculator
import files
import jobs
import metrics
import sink
import sink_clients
import waiter
from checks import Checks, equal
from clients import ALL
from jobs import WaiterWithJobs
from replies import Replies
from servers import Server
from waiter import Waiter

OURS, REFERENCE = "our WSDL", "the reference WSDL"


def with_address(reference, address, folder):
    """The reference WSDL with the address of our server: what a client of the old service holds."""
    text = pathlib.Path(reference).read_text()
    text, changed = re.subn(r'(<soap:address location=)"[^"]*"', rf'\1"{address}"', text)
    assert changed == 1, f"{changed} addresses in {reference}"
    path = pathlib.Path(folder) / "waiter.wsdl"
    path.write_text(text)
    return path.as_uri()


def lists_its_operations(operations):
    def step(client, _waiter):
        equal(client.operations(), operations)

    return step


def steps(served, whose):
    operations = served.operations if whose == OURS else Waiter.operations
    yield "lists its operations", lists_its_operations(operations)
    found = list(waiter.STEPS)
    if isinstance(served, WaiterWithJobs):
        found += jobs.STEPS + (jobs.STEPS_WITH_OUR_WSDL if whose == OURS else [])
    for step in found:
        yield step.__name__.replace("_", " "), step


def check_waiter(checks, served, reference, work):
    held = with_address(reference, served.server.wsdl.partition("?")[0], work)
    for client in ALL:
        for whose, url in [(OURS, served.server.wsdl), (REFERENCE, held)]:
            for title, step in steps(served, whose):
                checks.run(f"{served.example}, {client.name}, {whose}: {title}", lambda: step(client(url), served))


def check_calculator(checks, work):
    server = Server("calculator", work)
    try:
        for client in ALL:
            for step in calculator.STEPS:
                title = f"calculator, {client.name}: {step.__name__.replace('_', ' ')}"
                checks.run(title, lambda: step(client(server.wsdl)))
        checks.run("calculator: calls are told of", metrics.calls_are_told_of, server)
    finally:
        server.stop(signal.SIGKILL)


def check_files(checks, work):
    server = Server("files", work, DATA_DIR=f"{work}/files")
    try:
        for step in files.STEPS:
            checks.run(f"files: {step.__name__.replace('_', ' ')}", lambda: step(server))
    finally:
        server.stop(signal.SIGKILL)


def check_sink(checks, work):
    """The kitchen sink's three services; each reply is validated on the way."""
    server = Server("kitchen_sink", work)
    urls = {name: server.wsdl.replace("/Sink", f"/{name}") for name in ("Sink", "Legacy", "Guarded")}
    try:
        replies = {name: Replies(url) for name, url in urls.items()}

        def connect(kind, name="Sink", **settings):
            return kind(urls[name], replies[name], **settings)

        for kind, settings in [(kind, {}) for kind in sink_clients.ALL] + [(sink_clients.Zeep, {"port": "KitchenSinkSoap12Port"})]:
            how = f"{kind.name}{', SOAP 1.2' if settings else ''}"
            for step in sink.STEPS:
                checks.run(f"kitchen_sink, {how}: {step.__name__.replace('_', ' ')}", step, connect(kind, **settings))
        for kind in sink_clients.ALL:
            checks.run(f"kitchen_sink, {kind.name}: rpc/literal", sink.an_old_contract_is_kept, connect(kind, "Legacy"))
            for digest in kind.DIGESTS:
                for step in sink.LOGINS:
                    login = lambda password: connect(kind, "Guarded", login=("anna", password), digest=digest)  # noqa: B023
                    checks.run(f"kitchen_sink, {kind.name}: {step.__name__.replace('_', ' ')}{', digest' * digest}", step, login)
        checks.run("kitchen_sink, zeep: WS-Addressing", sink.addresses_are_related, connect(sink_clients.Zeep, addressing=True))
        checks.run("kitchen_sink: any XML comes back", sink.any_xml_comes_back, urls["Sink"])
        print(f"{sum(one.seen for one in replies.values())} replies are valid")
    finally:
        server.stop(signal.SIGKILL)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    checks = Checks()
    # So that what was started is stopped then as well.
    signal.signal(signal.SIGTERM, checks.stop)
    with tempfile.TemporaryDirectory() as work:
        for kind, example in [(WaiterWithJobs, "waiter"), (Waiter, "waiter_by_hand")]:
            served = kind(example, work)
            try:
                check_waiter(checks, served, sys.argv[1], work)
                checks.run(f"{example}: calls are told of", metrics.calls_are_told_of, served.server)
                if kind is WaiterWithJobs:
                    checks.run(f"{example}: jobs are told of", metrics.jobs_are_told_of, served.server)
            finally:
                served.close()
        check_calculator(checks, work)
        check_sink(checks, work)
        check_files(checks, work)
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
