"""Calls a service of another stack and the same one in Rust, with one client that holds the WSDL of the former.

usage: same.py STACK URL_OF_WSDL PROGRAM, with the program `soap`
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import zeep
from zeep.helpers import serialize_object

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from checks import equal, eventually
from servers import Server

BLOCK = {"name": "wing & <tail>", "edges": [4, 2.5, 1]}


class Side:
    """One of the two services, as the client of the old one sees it."""

    def __init__(self, client, endpoint, stack):
        [binding] = client.wsdl.bindings
        self.service = client.create_service(str(binding), endpoint)
        self.endpoint, self.stack = endpoint, stack

    def sizes(self, *sizes):
        # An array of Spyne's is an element of its own.
        return {"double": list(sizes)} if self.stack == "spyne" else list(sizes)

    def estimate(self, sizes, **limit):
        return serialize_object(self.service.estimate(BLOCK, self.sizes(*sizes), **limit), dict)

    def fault(self, sizes, limit):
        """What a caller gets to see of the declared fault."""
        try:
            self.service.estimate(BLOCK, self.sizes(*sizes), limit)
        except zeep.exceptions.Fault as fault:
            detail = [] if fault.detail is None else [(element.tag, element.text) for element in fault.detail.iter()]
            return fault.code.split(":")[-1], fault.message, [one for one in detail if one[1]]
        raise AssertionError("there is no fault")

    def start(self, service_id, **arguments):
        return self.service.startMeshing(serviceID=service_id, sessionToken="token", block=BLOCK, **arguments)

    def poll(self, service_id):
        return self.service.getServiceStatus(serviceID=service_id, sessionToken="token")

    def result(self, service_id):
        """It ends in the platform's way: a place-holder until the word COMPLETED."""
        def ended():
            answer = self.poll(service_id)
            if answer.status_base64 != "COMPLETED":
                # A server that writes the result first may show it a moment before the word.
                return None
            return answer.result
        return eventually(ended, f"{service_id} ends")

    def refuses(self, call):
        try:
            call()
        except zeep.exceptions.Fault as fault:
            return fault.code.split(":")[-1]
        return None


def told_by_soap(program, wsdl, endpoint, sizes):
    arguments = json.dumps({"block": BLOCK, "sizes": sizes})
    command = [program, "call", wsdl, "estimate", "--endpoint", endpoint, "--args", "-", "--json"]
    done = subprocess.run(command, input=arguments, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def answers_are_equal(theirs, ours, program, wsdl):
    for sizes in ([0.5, 0.25], [1], []):
        equal(ours.estimate(sizes), theirs.estimate(sizes))
        equal(*(told_by_soap(program, wsdl, side.endpoint, side.sizes(*sizes)) for side in (ours, theirs)))
    equal(ours.estimate([0.5], limit=1000), theirs.estimate([0.5], limit=1000))
    told, expected = ours.fault([0.5, 0.25], 100), theirs.fault([0.5, 0.25], 100)
    equal(told[:2], expected[:2])
    # Spyne declares the fault, and sends no detail with it.
    equal(told[2], expected[2] or [("{urn:mesher}size", "0.25"), ("{urn:mesher}cells", "640")])


def jobs_are_equal(theirs, ours):
    for side in (theirs, ours):
        equal(side.start("one", size=0.5, seconds=1).result, "UNSET")
        equal(side.start("default", size=0.5).result, "UNSET")
    equal(ours.result("one"), theirs.result("one"))
    equal(ours.result("one"), "wing & <tail>: 80 cells")


def what_only_one_of_them_does(theirs, ours, server):
    """What the pages say about jobs by hand and jobs as they are here."""
    again = lambda side: side.refuses(lambda: side.start("one", size=0.25, seconds=0))
    equal(again(ours), "Client")
    equal(again(theirs), None)
    equal(ours.refuses(lambda: ours.poll("unknown")), "Client")
    if ours.stack != "node":  # it never answers
        equal(theirs.refuses(lambda: theirs.poll("unknown")), "Server")
    # The process is killed, and another one knows what has ended.
    server.stop(9)
    server.start()
    equal(ours.result("one"), "wing & <tail>: 80 cells")


def main(stack, wsdl, program):
    with tempfile.TemporaryDirectory() as work:
        server = Server("ported", work, STACK=stack, DATA_DIR=f"{work}/data", LISTEN="127.0.0.1:0")
        try:
            client = zeep.Client(wsdl, transport=zeep.Transport(timeout=30, operation_timeout=30))
            theirs = Side(client, wsdl.split("?")[0], stack)
            ours = Side(client, server.wsdl.split("?")[0], stack)
            answers_are_equal(theirs, ours, program, wsdl)
            jobs_are_equal(theirs, ours)
            what_only_one_of_them_does(theirs, ours, server)
        finally:
            server.stop()
    print(f"{stack}: a client of the old service gets the same from the new one")


main(*sys.argv[1:])
