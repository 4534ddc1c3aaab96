"""The calculator, for one client."""

import math

from checks import equal
from clients import Fault


def calculate(client, operation, a, b):
    (value,) = client.call(operation, a=a, b=b).values()
    assert isinstance(value, float), f"{value!r} did not arrive as a number"
    return value


def lists_its_operations(client):
    equal(client.operations(), {"add", "subtract", "multiply", "divide"})


def calculates(client):
    for operation, a, b, expected in [
        ("add", 2.5, 4.0, 6.5),
        ("add", 0.1, 0.2, 0.1 + 0.2),
        ("subtract", 2.5, 4.0, -1.5),
        ("multiply", -2.5, 4.0, -10.0),
        ("multiply", 1e-200, 1e-100, 1e-300),
        ("divide", 1.0, 3.0, 1.0 / 3.0),
        ("add", 1.7976931348623157e308, 0.0, 1.7976931348623157e308),
    ]:
        equal(calculate(client, operation, a, b), expected)


def says_what_is_no_number(client):
    equal(calculate(client, "multiply", 1e308, 10.0), math.inf)
    equal(calculate(client, "multiply", -1e308, 10.0), -math.inf)
    # As text: both clients would write Python's own `inf`, which XML Schema does not know.
    assert math.isnan(calculate(client, "subtract", "INF", "INF"))


def division_by_zero_is_a_typed_fault(client):
    try:
        answer = client.call("divide", a=7.5, b=0.0)
    except Fault as fault:
        equal(fault.code.partition(".")[0], "Client")
        assert "7.5" in fault.message, fault
        equal(list(fault.detail), ["DivisionByZero"])
        equal({name: float(value) for name, value in fault.detail["DivisionByZero"].items()}, {"dividend": 7.5})
    else:
        raise AssertionError(f"an answer and no fault: {answer}")


STEPS = [lists_its_operations, calculates, says_what_is_no_number, division_by_zero_is_a_typed_fault]
