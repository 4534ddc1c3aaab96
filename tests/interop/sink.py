"""The kitchen sink: each type and each feature, for one client."""

import datetime
import decimal
import math
import urllib.request

import isodate
from lxml import etree

from checks import equal, eventually
from clients import Fault

ADDRESS = {"street": "Storgata <1> & 2", "city": "Tromsø", "country": "NO"}
LINES = [
    {"article": "tea", "count": 2, "price": {"currency": "NOK", "text": decimal.Decimal("12.50")}},
    {"article": "milk", "count": 1000, "price": {"currency": "EUR", "text": decimal.Decimal("0.99")}},
]
ORDER = {
    "number": 18446744073709551615,
    "urgent": True,
    "orderedOn": datetime.date(2026, 1, 31),
    "customer": ADDRESS,
    "lines": LINES,
    "colour": "dark-blue",
    "card": "4111111111111111",
    "tags": {"item": ["new", "a & b"]},
    "remarks": {"entry": [{"key": "door", "value": "left"}, {"key": "floor", "value": "2"}]},
}


def echoes(operation, name, value):
    """What goes in as `name` comes back; suds and zeep give a single output without its name."""

    def step(client):
        expected = client.unwrapped(value)
        equal(client.like(client.call(operation, **{name: value}), expected), expected)

    step.__name__ = operation
    return step


def with_changes(**changes):
    return {name: value for name, value in (ORDER | changes).items() if value is not None}


ZONE = datetime.timezone(datetime.timedelta(hours=2))
UTC = datetime.timezone.utc

SIMPLE = [
    ("echoString", "value", " <ä> & \"ö\" 😀\n"),
    ("echoBoolean", "value", True),
    ("echoBoolean", "value", False),
    ("echoInt", "value", -2147483648),
    ("echoUnsignedLong", "value", 18446744073709551615),
    ("echoInteger", "value", -(10**60) + 7),
    ("echoDecimal", "value", decimal.Decimal("-1234567890.0987654321")),
    ("echoFloat", "value", 0.5),
    ("echoDouble", "value", 1.7976931348623157e308),
    ("echoDate", "value", datetime.date(2024, 2, 29)),
    ("echoTime", "value", datetime.time(23, 59, 58, 123456)),
    ("echoDateTime", "value", datetime.datetime(2026, 11, 24, 12, 0, 1, 500000, ZONE)),
    ("echoInstant", "value", datetime.datetime(1999, 12, 31, 23, 59, 59, 0, UTC)),
    ("echoUri", "value", "https://example.org/a?b=c&d=e#f"),
    ("echoHex", "value", "00FF10"),
    ("echoOptional", "value", "there"),
    ("echoNillable", "value", 5),
    ("echoStrings", "values", ["a", "b", "<c>"]),
    ("echoStrings", "values", ["one"]),
    ("echoArray", "values", {"item": [1, -2, 9223372036854775807]}),
    ("echoMatrix", "rows", [{"item": [1.0, 2.5]}, {"item": [3.0]}]),
    ("echoMap", "map", {"entry": [{"key": "a", "value": 1}, {"key": "b", "value": -2}]}),
    ("echoColour", "colour", "dark-blue"),
    ("echoPercent", "percent", 100),
    ("echoPrice", "price", LINES[0]["price"]),
    ("echoPayment", "payment", {"card": "4111111111111111"}),
    ("echoPayment", "payment", {"invoice": {"address": ADDRESS, "days": 14}}),
    ("echoOrder", "order", ORDER),
    ("echoOrder", "order", with_changes(tags=None, card=None, invoice={"address": ADDRESS, "days": 1})),
    ("echoOrders", "orders", [ORDER, with_changes(number=1, lines=LINES[:1])]),
    ("echoPage", "page", {"start": 3, "items": LINES}),
]


def no_value_is_none(client):
    equal(client.call("echoOptional"), None)
    equal(client.call("echoNillable", value=client.NIL), None)


def a_default_is_filled_in(client):
    equal(client.call("echoDefault"), 300)
    equal(client.call("echoDefault", value=7), 7)


def nothing_is_echoed(client):
    assert client.call("echoVoid") in (None, "", {}), "there is something"


def durations_come_back(client):
    value = isodate.parse_duration("P1Y2M3DT4H5M6.5S")
    answer = client.call("echoDuration", value=value if client.name == "zeep" else "P1Y2M3DT4H5M6.5S")
    equal(isodate.parse_duration(answer) if isinstance(answer, str) else answer, value)


def bytes_come_back(client):
    data = bytes(range(256)) * 5
    for operation in ("echoBase64", "echoFile"):
        answer = client.call(operation, value=client.binary(data))
        equal(answer if isinstance(answer, bytes) else answer.replace("\n", ""), client.binary(data))


def numbers_that_are_none(client):
    # As text: both clients would write Python's own `inf`, which XML Schema does not know.
    equal(client.call("echoDouble", value="-INF"), -math.inf)


def empty_text_is_text(client):
    for answer in client.call("echoString", value=""), client.call("echoStrings", values=["a", "", "b"]):
        # To both clients it is nothing; in the message it is there.
        assert answer in (None, ["a", None, "b"]), answer
    texts = [node.text or "" for node in client.replies.last.iter("{urn:kitchen}values")]
    equal(texts, ["a", "", "b"])


def lists_may_have_holes(client):
    answer = client.call("echoHoles", values=[1, client.NIL, 3])
    equal(answer, [1, None, 3])


def an_empty_list_is_not_a_missing_one(client):
    empty = client.call("echoArray", values={"item": []})
    equal((empty or {}).get("item", []) if isinstance(empty, dict) else empty or [], [])
    equal(client.call("echoArray"), None)


def trees_come_back(client):
    tree = {"name": "root", "value": 1.5, "children": [{"name": "a", "children": [{"name": "b"}]}, {"name": "c"}]}
    def without_empty(node):
        node = dict(node)
        children = [without_empty(child) for child in node.pop("children", None) or []]
        return node | ({"children": children} if children else {})
    equal(without_empty(client.call("echoTree", root=tree)), without_empty(tree))


def shapes_keep_their_types(client):
    place = {"name": "s", "middle": {"item": [0.5, -1.0]}}
    shapes = [client.typed("Circle", place | {"radius": 2.0}), client.typed("Square", place | {"side": 3.0})]
    answer = client.call("echoShapes", shapes=shapes)
    equal(answer, [place | {"radius": 2.0}, place | {"side": 3.0}])


def values_out_of_bounds_are_refused(client):
    for operation, arguments, words in [
        ("echoBounded", {"code": "x1", "ratio": 0.5}, "`code`"),
        ("echoBounded", {"code": "AB-12", "ratio": 1.0}, "`ratio`"),
        ("echoPercent", {"percent": 101}, "`percent`"),
        ("echoOrder", {"order": with_changes(lines=[LINES[0], LINES[1] | {"count": 1001}])}, "`order.lines[1].count`"),
    ]:
        try:
            client.call(operation, **arguments)
        except Fault as fault:
            assert fault.code.startswith("Client"), fault
            assert words in fault.message and "line" in fault.message, fault
        else:
            raise AssertionError(f"{operation} took {arguments}")
    answer = client.call("echoBounded", code="AB-12", ratio=0.0)
    equal(client.like(answer, {"code": "", "ratio": 0.0}), {"code": "AB-12", "ratio": 0.0})


def names_of_messages_may_be_others(client):
    equal(client.call("echoNamed", value="x"), "x")


def a_one_way_message_is_taken(client):
    client.call("tell", text=client.name)
    # It is taken before it is done.
    eventually(lambda: client.call("told") == client.name, "the message arrives")


def faults_unpack_into_their_types(client):
    equal(client.call("order", kind="ok", order=ORDER), ORDER["number"])
    for kind, code, name, detail in [
        ("sold-out", "Client", "SoldOut", {"article": "tea", "again_on": ORDER["orderedOn"]}),
        ("refused", "Client", "OrderRefused", {"order": ORDER["number"], "lines": LINES}),
        ("closed", "Server", "Closed", {}),
    ]:
        try:
            client.call("order", kind=kind, order=ORDER)
        except Fault as fault:
            equal((fault.code, list(fault.detail)), (code, [name]))
            equal(client.like(fault.detail[name] or {}, detail), detail)
        else:
            raise AssertionError(f"{kind} is no fault")


def texts_of(client, name):
    """What elements of the last reply hold, wherever they stand."""
    return [node.text for node in client.replies.last.iter(f"{{urn:kitchen}}{name}")]


def headers_come_back(client):
    session = {"user": "anna", "roles": ["reader", "writer"]}
    answer = client.call("echoHeaders", headers={"session": session, "trace": "a&b"})
    equal(client.body(answer), "anna")
    header = client.replies.last.find("{*}Header")
    equal([node.tag.rpartition("}")[2] for node in header], ["session", "trace"])
    equal((texts_of(client, "roles"), texts_of(client, "trace")), (["reader", "writer"], ["a&b"]))
    client.call("echoHeaders", headers={"session": session})
    equal(texts_of(client, "trace"), [None])
    try:
        client.call("echoHeaders")
    except Fault as fault:
        assert "`session` is missing" in fault.message, fault
    else:
        raise AssertionError("the header may be missing")


def a_message_may_be_the_value_itself(client):
    # Both clients take the fields of a message as arguments, whether there is an element around them or not.
    answer = client.call("echoBare", **LINES[0])
    equal(client.like(answer, LINES[0]), LINES[0])
    equal(client.replies.last.find("{*}Body")[0].tag, "{urn:kitchen}BareLineReply")


def anything_comes_back(client):
    value, expected = client.anything()
    equal(client.call("echoXml", xml=value), expected)


STEPS = [
    *[echoes(*case) for case in SIMPLE],
    no_value_is_none,
    a_default_is_filled_in,
    nothing_is_echoed,
    durations_come_back,
    bytes_come_back,
    numbers_that_are_none,
    empty_text_is_text,
    lists_may_have_holes,
    an_empty_list_is_not_a_missing_one,
    trees_come_back,
    shapes_keep_their_types,
    values_out_of_bounds_are_refused,
    names_of_messages_may_be_others,
    a_one_way_message_is_taken,
    faults_unpack_into_their_types,
    headers_come_back,
    a_message_may_be_the_value_itself,
    anything_comes_back,
]


def an_old_contract_is_kept(client):
    equal(client.call("add", a=2, b=-5), -3)
    values = client.call("echoList", values={"item": [1.5, 2.5]})
    equal(values["item"] if isinstance(values, dict) else values, [1.5, 2.5])
    equal(client.call("echoPair", address=ADDRESS, colour="green"), {"address": ADDRESS, "colour": "green"})


def the_right_password_is_let_in(login):
    client = login("correct horse")
    equal([client.call("echoString", text="x") for _ in range(2)], ["x", "x"])


def a_wrong_password_is_not(login):
    try:
        login("wrong").call("echoString", text="x")
    except Fault as fault:
        equal(fault.code, "FailedAuthentication")
    else:
        raise AssertionError("it was let in")


LOGINS = [the_right_password_is_let_in, a_wrong_password_is_not]


def addresses_are_related(client):
    equal(client.call("echoString", value="x"), "x")
    (related,) = client.replies.last.iter("{http://www.w3.org/2005/08/addressing}RelatesTo")
    assert related.text.startswith("urn:uuid:"), related.text



def any_xml_comes_back(url):
    """As a document of any client's; the two above have no words for it."""
    inner = '<a:b xmlns:a="urn:a" c="1&lt;"><d xmlns="">t<!-- -->e</d> tail<![CDATA[<x>]]></a:b>'
    body = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
        f'<k:echoXml xmlns:k="urn:kitchen" xmlns:o="urn:o"><k:xml o:p="q">{inner}</k:xml></k:echoXml></e:Body></e:Envelope>'
    )
    request = urllib.request.Request(url.partition("?")[0], body.encode(), {"Content-Type": "text/xml; charset=utf-8"})
    with urllib.request.urlopen(request) as reply:
        (xml,) = etree.parse(reply).getroot().iter("{urn:kitchen}xml")
    canonical = lambda node: etree.tostring(node, method="c14n", exclusive=True, with_comments=False)
    equal(xml.get("{urn:o}p"), "q")
    equal(canonical(xml[0]), canonical(etree.fromstring(inner)))
