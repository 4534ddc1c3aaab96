"""Two SOAP clients that this project did not write, behind one interface.

`operations()` names what the WSDL offers; `call(name, **arguments)` returns a dict of the outputs, or
raises `Fault`.
"""

import logging

import suds
import zeep
from suds.client import Client as SudsLibrary

# Both libraries log the faults that the tests ask for.
logging.getLogger("suds").setLevel(logging.CRITICAL)
logging.getLogger("zeep").setLevel(logging.CRITICAL)


class Fault(Exception):
    """A SOAP fault: its code without prefix, its sentence, its detail as `{element: {field: text}}`."""

    def __init__(self, code, message, detail):
        super().__init__(f"{code}: {message}")
        self.code = code.rpartition(":")[2]
        self.message = message
        self.detail = detail


class Zeep:
    name = "zeep"

    def __init__(self, url):
        self.client = zeep.Client(url)
        (service,) = self.client.wsdl.services.values()
        (self.port,) = service.ports.values()

    def operations(self):
        return set(self.port.binding.all())

    def outputs(self, operation):
        element = self.port.binding.get(operation).output.body
        return [name for name, _ in element.type.elements]

    def call(self, operation, **arguments):
        try:
            answer = getattr(self.client.service, operation)(**arguments)
        except zeep.exceptions.Fault as fault:
            raise Fault(fault.code, fault.message, self.detail(fault.detail)) from None
        names = self.outputs(operation)
        if len(names) == 1:  # zeep unwraps a single output
            return {names[0]: answer}
        return {name: answer[name] for name in names}

    def detail(self, node):
        """As the types of the WSDL say, not as text. What it does not declare is left out."""
        typed = {}
        for child in [] if node is None else node:
            try:
                value = self.client.wsdl.types.deserialize(child)
            except zeep.exceptions.LookupError:
                continue
            typed[child.tag.rpartition("}")[2]] = {name: value[name] for name in value}
        return typed


class Suds:
    name = "suds"

    def __init__(self, url):
        self.client = SudsLibrary(url, cache=None, timeout=30)

    def operations(self):
        return set(self.client.wsdl.services[0].ports[0].methods)

    def outputs(self, operation):
        method = self.client.wsdl.services[0].ports[0].methods[operation]
        element = method.binding.output.returned_types(method)
        return [part.name for part in element]

    def call(self, operation, **arguments):
        try:
            answer = getattr(self.client.service, operation)(**arguments)
        except suds.WebFault as error:
            fault = error.fault
            detail = {}
            if getattr(fault, "detail", None) is not None:
                detail = {name: dict(value) for name, value in fault.detail}
            raise Fault(fault.faultcode, fault.faultstring, detail) from None
        names = self.outputs(operation)
        if len(names) == 1:  # suds unwraps a single output
            return {names[0]: answer}
        return {name: getattr(answer, name) for name in names}


ALL = [Zeep, Suds]
