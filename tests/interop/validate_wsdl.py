"""Is each FILE a WSDL that others can use?  usage: validate_wsdl.py FILE…

Validates against the schemas of WSDL 1.1 and of its SOAP binding, compiles the schema inside,
follows every reference between the parts, and loads the document with two SOAP clients.
"""

import pathlib
import sys

import xmlschema
import zeep
from lxml import etree
from suds.client import Client

from schemas import WSDL, XS, compile_schemas

SCHEMAS = pathlib.Path(xmlschema.__file__).parent / "schemas" / "WSDL"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
SOAP12 = "{http://schemas.xmlsoap.org/wsdl/soap12/}"


def resolve(node, attribute):
    """The QName in an attribute, as `{namespace}local`."""
    prefix, _, local = node.get(attribute).rpartition(":")
    return f"{{{node.nsmap[prefix or None]}}}{local}"


def names(root, tag):
    """The names that top-level elements `tag` define."""
    namespace = root.get("targetNamespace")
    found = [f"{{{namespace}}}{node.get('name')}" for node in root.findall(tag)]
    assert len(found) == len(set(found)), f"a name of {tag} is there twice: {found}"
    return set(found)


def validate_against_schemas(root):
    xmlschema.XMLSchema(SCHEMAS / "wsdl.xsd").validate(root)
    binding = xmlschema.XMLSchema(SCHEMAS / "wsdl-soap.xsd")
    for node in root.iter(f"{SOAP}*"):
        # As a document of its own: only then are its prefixes known.
        binding.validate(etree.fromstring(etree.tostring(node)))


def check_references(root, schema):
    types = {XS + name.split("}")[-1] for name in xmlschema.XMLSchema.builtin_types()} | set(schema.maps.types)
    for node in root.iter(f"{WSDL}part"):
        assert ("element" in node.attrib) != ("type" in node.attrib), f"part {node.get('name')} is neither or both"
    messages, port_types, bindings = (names(root, WSDL + tag) for tag in ("message", "portType", "binding"))
    for tag, attribute, known in [
        ("message/part[@element]", "element", set(schema.maps.elements)),
        ("message/part[@type]", "type", types),
        ("portType/operation/*", "message", messages),
        ("binding", "type", port_types),
        ("service/port", "binding", bindings),
    ]:
        nodes = [
            node
            for node in root.findall("/".join(step if step == "*" else WSDL + step for step in tag.split("/")))
            if node.tag != f"{WSDL}documentation"
        ]
        assert nodes or "@" in tag, f"there is no {tag}"
        for node in nodes:
            name = resolve(node, attribute)
            assert name in known, f"{tag}/@{attribute} is {name}, which nothing defines"
    namespace = root.get("targetNamespace")
    parts = {
        (f"{{{namespace}}}{message.get('name')}", part.get("name"))
        for message in root.findall(f"{WSDL}message")
        for part in message.findall(f"{WSDL}part")
    }
    for node in [*root.iter(f"{SOAP}header"), *root.iter(f"{SOAP12}header")]:
        header = (resolve(node, "message"), node.get("part"))
        assert header in parts, f"the header {header} is no part of a message"


def check_binding(root):
    """Each binding lists the operations of the portType, faults included, and is SOAP's."""

    def shape(operations):
        faults = lambda node: [fault.get("name") for fault in node.findall(f"{WSDL}fault")]
        directions = lambda node: [tag for tag in ("input", "output") if node.find(WSDL + tag) is not None]
        return [(node.get("name"), directions(node), faults(node)) for node in operations]

    port_type = root.findall(f"{WSDL}portType/{WSDL}operation")
    for binding in root.findall(f"{WSDL}binding"):
        soap = SOAP if binding.find(f"{SOAP}binding") is not None else SOAP12
        bound = binding.findall(f"{WSDL}operation")
        assert shape(port_type) == shape(bound), "binding and portType differ"
        for node in bound:
            assert node.find(f"{soap}operation").get("soapAction"), f"{node.get('name')} has no soapAction"
            assert len(node.findall(f"{WSDL}*/{soap}body")) == len(node.findall(f"{WSDL}input") + node.findall(f"{WSDL}output"))
    for port in root.findall(f"{WSDL}service/{WSDL}port"):
        address = next(node for soap in (SOAP, SOAP12) for node in port.findall(f"{soap}address"))
        assert address.get("location"), "there is no address"


def operations(root):
    return {node.get("name") for node in root.findall(f"{WSDL}portType/{WSDL}operation")}


def load_with_zeep(path, root):
    client = zeep.Client(str(path))
    client.wsdl.types.prefix_map  # noqa: B018: resolves the types
    (service,) = client.wsdl.services.values()
    for port in service.ports.values():
        for operation in port.binding.all().values():
            # None for a bare message that holds nothing; there is no output at all in one direction.
            for message in filter(None, (operation.input, operation.output)):
                message.signature()
        assert set(port.binding.all()) == operations(root)


def load_with_suds(path, root):
    client = Client(path.absolute().as_uri(), cache=None)
    for port in client.wsdl.services[0].ports:
        assert set(port.methods) == operations(root)
    assert str(client), "the client cannot describe the service"


def validate(path):
    root = etree.parse(str(path)).getroot()
    validate_against_schemas(root)
    check_references(root, compile_schemas(root))
    check_binding(root)
    load_with_zeep(path, root)
    load_with_suds(path, root)


def main():
    paths = [pathlib.Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    for path in paths:
        validate(path)
        print(f"{path}: valid")


if __name__ == "__main__":
    main()
