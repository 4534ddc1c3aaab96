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

SCHEMAS = pathlib.Path(xmlschema.__file__).parent / "schemas" / "WSDL"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
XS = "{http://www.w3.org/2001/XMLSchema}"


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
        binding.validate(node)


def compile_schema(root):
    node = root.find(f"{WSDL}types/{XS}schema")
    assert node is not None, "there is no schema"
    return xmlschema.XMLSchema(etree.tostring(node).decode())


def check_references(root, schema):
    messages, port_types, bindings = (names(root, WSDL + tag) for tag in ("message", "portType", "binding"))
    for tag, attribute, known in [
        ("message/part", "element", set(schema.maps.elements)),
        ("portType/operation/*", "message", messages),
        ("binding", "type", port_types),
        ("service/port", "binding", bindings),
    ]:
        nodes = [
            node
            for node in root.findall("/".join(step if step == "*" else WSDL + step for step in tag.split("/")))
            if node.tag != f"{WSDL}documentation"
        ]
        assert nodes, f"there is no {tag}"
        for node in nodes:
            name = resolve(node, attribute)
            assert name in known, f"{tag}/@{attribute} is {name}, which nothing defines"


def check_binding(root):
    """Binding and portType list the same operations, faults included, and every binding is SOAP's."""

    def shape(operations):
        faults = lambda node: [fault.get("name") for fault in node.findall(f"{WSDL}fault")]
        return [(node.get("name"), faults(node)) for node in operations]

    ports, bound = (root.findall(f"{WSDL}{tag}/{WSDL}operation") for tag in ("portType", "binding"))
    assert shape(ports) == shape(bound), "binding and portType differ"
    for node in bound:
        assert node.find(f"{SOAP}operation").get("soapAction"), f"{node.get('name')} has no soapAction"
    assert root.find(f"{WSDL}service/{WSDL}port/{SOAP}address").get("location"), "there is no address"


def operations(root):
    return {node.get("name") for node in root.findall(f"{WSDL}portType/{WSDL}operation")}


def load_with_zeep(path, root):
    client = zeep.Client(str(path))
    client.wsdl.types.prefix_map  # noqa: B018: resolves the types
    (service,) = client.wsdl.services.values()
    (port,) = service.ports.values()
    for operation in port.binding.all().values():
        assert operation.input.signature() is not None
        assert operation.output.signature() is not None
    assert set(port.binding.all()) == operations(root)


def load_with_suds(path, root):
    client = Client(path.absolute().as_uri(), cache=None)
    assert set(client.wsdl.services[0].ports[0].methods) == operations(root)
    assert str(client), "the client cannot describe the service"


def validate(path):
    root = etree.parse(str(path)).getroot()
    validate_against_schemas(root)
    check_references(root, compile_schema(root))
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
