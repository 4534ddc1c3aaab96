"""The schemas inside a WSDL, compiled by a validator that this project did not write."""

import copy
import pathlib
import tempfile

import xmlschema
from lxml import etree

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XS = "{http://www.w3.org/2001/XMLSchema}"


def compile_schemas(root):
    """All of them as one; they import each other by namespace, without a location."""
    root = copy.deepcopy(root)
    declare_wrappers(root)
    nodes = root.findall(f"{WSDL}types/{XS}schema")
    assert nodes, "there is no schema"
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for at, node in enumerate(nodes):
            file = pathlib.Path(folder) / f"{at}.xsd"
            file.write_bytes(etree.tostring(node, encoding="utf-8"))
            files[node.get("targetNamespace")] = file.as_uri()
        assert len(files) == len(nodes), "two schemas are for one namespace"
        first = files.pop(root.get("targetNamespace"))
        return xmlschema.XMLSchema(first, locations=files)


def declare_wrappers(root):
    """The elements around the parts of rpc, which no schema declares (WSDL 1.1, §3.5)."""
    own = next(node for node in root.findall(f"{WSDL}types/{XS}schema") if node.get("targetNamespace") == root.get("targetNamespace"))
    for message in root.findall(f"{WSDL}message"):
        parts = message.findall(f"{WSDL}part[@type]")
        # Without arguments or outputs it is empty; in document/literal each message has a part.
        if message.findall(f"{WSDL}part[@element]"):
            continue
        wrapper = etree.SubElement(own, f"{XS}element", name=message.get("name"))
        sequence = etree.SubElement(etree.SubElement(wrapper, f"{XS}complexType"), f"{XS}sequence")
        for part in parts:
            attributes = {"name": part.get("name"), "type": part.get("type"), "form": "unqualified"}
            sequence.append(etree.Element(f"{XS}element", attributes, nsmap=part.nsmap))
