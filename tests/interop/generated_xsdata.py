"""Calls the kitchen sink with the classes that xsdata has generated from its WSDLs.

usage: generated_xsdata.py SINK_URL LEGACY_URL; the packages `kitchen` and `legacy` are on PYTHONPATH
"""

import sys
from decimal import Decimal

import kitchen
import legacy
from xsdata.formats.dataclass.client import Client
from xsdata.models.datatype import XmlDate

from checks import Checks, equal, eventually

ADDRESS = kitchen.Address(street="Storgata <1> & 2", city="Tromsø", country="NO")
LINES = [
    kitchen.Line(article="tea", count=2, price=kitchen.Price(value=Decimal("12.50"), currency="NOK")),
    kitchen.Line(article="mélk", count=1000, price=kitchen.Price(value=Decimal("0.99"), currency="EUR")),
]


def order(**payment):
    remarks = [kitchen.StringStringMapEntry(key=key, value=value) for key, value in [("door", "left"), ("floor", "2")]]
    # The operation `order` has an element of that name, so xsdata calls the type `Order1`.
    return kitchen.Order1(
        number=2**64 - 1,
        urgent=True,
        ordered_on=XmlDate(2026, 1, 31),
        customer=ADDRESS,
        lines=LINES,
        colour=kitchen.Colour.DARK_BLUE,
        tags=kitchen.StringArray(item=["new", "a & b"]),
        remarks=kitchen.StringStringMap(entry=remarks),
        **payment,
    )


class Caller:
    """The operations of one service, as generated."""

    def __init__(self, package, prefix, url):
        self.package, self.prefix, self.url = package, prefix, url.partition("?")[0]

    def client(self, operation):
        service = getattr(self.package, f"{self.prefix}PortType{operation}")
        return Client.from_service(service, location=self.url, encoding="utf-8")

    def request(self, operation, message, **header):
        kind = self.client(operation).config.input
        (name,) = kind.Body.__dataclass_fields__
        return kind(body=kind.Body(**{name: message}), **({"header": kind.Header(**header)} if header else {}))

    def send(self, operation, message, **header):
        return self.client(operation).send(self.request(operation, message, **header))

    def call(self, operation, message, **header):
        """The reply's message; a fault is none."""
        body = self.send(operation, message, **header).body
        assert body.fault is None, body.fault
        (name,) = set(body.__dataclass_fields__) - {"fault"}
        return getattr(body, name)

    def post(self, operation, message, **header):
        """What `send` does, but for reading the reply."""
        client = self.client(operation)
        data = client.prepare_payload(self.request(operation, message, **header))
        return client.transport.post(self.url, data=data, headers=client.prepare_headers({}))


def echoes(operation, **fields):
    """What goes in comes back, equal and of the same class."""

    def step(sink, _):
        reply = sink.call(operation, getattr(kitchen, operation)(**fields))
        equal({name: getattr(reply, name) for name in fields}, fields)
        equal(type(reply), getattr(kitchen, f"{operation}Response"))

    step.__name__ = f"{operation} of {', '.join(type(value).__name__ for value in fields.values())}"
    return step


def invoice():
    return kitchen.PaymentInvoice(address=ADDRESS, days=14)


def shapes():
    place = {"name": "s", "middle": kitchen.DoubleArray2(item=[0.5, -1.0])}
    return [kitchen.Circle(radius=2.0, **place), kitchen.Shape(**place), kitchen.Square(side=3.0, **place)]


def entries(**values):
    return kitchen.StringIntMap(entry=[kitchen.StringIntMapEntry(key=key, value=value) for key, value in values.items()])


def a_bare_message_is_the_type_itself(sink, _):
    line = {"article": LINES[1].article, "count": 7, "price": LINES[1].price}
    equal(sink.call("EchoBare", kitchen.BareLine(**line)), kitchen.BareLineReply(**line))


def a_one_way_message_is_taken(sink, _):
    equal(sink.post("Tell", kitchen.Tell(text="xsdatä")), b"")
    # It may be taken in after the answer to it.
    eventually(lambda: sink.call("Told", kitchen.Told()).text == "xsdatä", "the message is taken")


def headers_come_back(sink, _):
    session, trace = kitchen.Session(user="anna", roles=["reader", "writer"]), kitchen.Trace(value="a&b")
    reply = sink.send("EchoHeaders", kitchen.EchoHeaders(), session=session, trace=trace)
    equal((reply.header.session, reply.header.trace), (session, trace))
    equal(reply.body.echo_headers_response.user, "anna")
    # It writes `xsi:nil` for a header without a value, and is answered so.
    reply = sink.send("EchoHeaders", kitchen.EchoHeaders(), session=session, trace=None)
    equal((reply.header.session, reply.header.trace and reply.header.trace.value), (session, None))


def faults_hold_generated_classes(sink, _):
    details = {
        "sold-out": ("Client", "sold_out", kitchen.SoldOut(article="tea", again_on=XmlDate(2026, 1, 31))),
        "refused": ("Client", "order_refused", kitchen.OrderRefused(order=2**64 - 1, lines=LINES)),
        "closed": ("Server", "closed", kitchen.Closed()),
    }
    for kind, (code, name, detail) in details.items():
        fault = sink.send("Order", kitchen.Order(kind=kind, order=order(card="4111111111111111"))).body.fault
        equal((fault.faultcode.rpartition(":")[2], getattr(fault.detail, name)), (code, detail))
    equal(sink.call("Order", kitchen.Order(kind="ok", order=order(cash=True))).number, 2**64 - 1)


def an_old_contract_is_kept(_, old):
    equal(old.call("Add", legacy.Add(a=2, b=-5)).sum, -3)
    values = legacy.DoubleArray(item=[1.5, 2.5])
    equal(old.call("EchoList", legacy.EchoList(values=values)).values, values)
    pair = {"address": legacy.Address(street="Storgata 1", city="Tromsø"), "colour": legacy.Colour.DARK_BLUE}
    equal(old.call("EchoPair", legacy.EchoPair(**pair)), legacy.EchoPairResponse(**pair))


STEPS = [
    echoes("EchoString", value=' <ä> & "ö" 😀\n'),
    echoes("EchoBase64", value=bytes(range(256))),
    echoes("EchoHex", value=b"\0\xff"),
    echoes("EchoOptional", value=None),
    echoes("EchoNillable", value=None),
    echoes("EchoStrings", values=["a", "", "<c>"]),
    echoes("EchoColour", colour=kitchen.Colour.DARK_BLUE),
    echoes("EchoMatrix", rows=[kitchen.DoubleArray(item=[1.0, 2.5]), kitchen.DoubleArray(), kitchen.DoubleArray(item=[3.0])]),
    echoes("EchoMap", map=entries(a=1, b=-2)),
    echoes("EchoPayment", payment=kitchen.Payment(invoice=invoice())),
    echoes("EchoOrder", order=order(card="4111111111111111")),
    echoes("EchoOrder", order=order(cash=True)),
    echoes("EchoOrders", orders=[order(invoice=invoice()), order(cash=True)]),
    echoes("EchoShapes", shapes=shapes()),
    a_bare_message_is_the_type_itself,
    a_one_way_message_is_taken,
    headers_come_back,
    faults_hold_generated_classes,
    an_old_contract_is_kept,
]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    callers = Caller(kitchen, "KitchenSink", sys.argv[1]), Caller(legacy, "Legacy", sys.argv[2])
    checks = Checks()
    for step in STEPS:
        checks.run(f"xsdata: {step.__name__.replace('_', ' ')}", step, *callers)
    print(f"xsdata: {checks.passed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
