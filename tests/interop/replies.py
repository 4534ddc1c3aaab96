"""Replies as they came, each validated against the schema of the service that sent it."""

import urllib.request

from lxml import etree

from schemas import compile_schemas

ENVELOPES = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")


class Replies:
    def __init__(self, url):
        with urllib.request.urlopen(url) as wsdl:
            self.root = etree.parse(wsdl).getroot()
        self.schema = compile_schemas(self.root)
        self.seen = 0
        self.last = None

    def take(self, envelope):
        """Header blocks, what Body holds, and the detail of a fault are elements of the schema."""
        if isinstance(envelope, bytes):
            if not envelope:  # a one-way message was taken
                return
            envelope = etree.fromstring(envelope)
        self.last = envelope
        self.seen += 1
        for env in (f"{{{namespace}}}" for namespace in ENVELOPES):
            places = ["Header", "Body", f"Body/{env}Fault/detail", f"Body/{env}Fault/{env}Detail"]
            for parent in (parent for place in places for parent in envelope.findall(env + place)):
                for child in parent:
                    self.validate(child)

    def validate(self, element):
        namespace = etree.QName(element).namespace
        if namespace == self.root.get("targetNamespace") and element.tag in self.schema.maps.elements:
            # As a document of its own: only then are its prefixes known.
            self.schema.validate(etree.fromstring(etree.tostring(element, with_tail=False)))
        else:
            assert namespace != self.root.get("targetNamespace"), f"{element.tag} is not in the schema"
