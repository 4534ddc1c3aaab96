"""The schemas inside a WSDL, compiled by a validator that this project did not write."""

import pathlib
import tempfile

import xmlschema
from lxml import etree

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XS = "{http://www.w3.org/2001/XMLSchema}"


def compile_schemas(root):
    """All of them as one; they import each other by namespace, without a location."""
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
