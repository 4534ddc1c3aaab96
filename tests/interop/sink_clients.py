"""The two clients for services with every type: values go in and come back as plain Python.

Structures are dicts with attributes among their fields; the text of an element with attributes is
called `text`. What is missing is left out. Every reply is kept, and validated against the schema of
the service by `replies.py`.
"""

import base64
import datetime
import decimal
import logging

import suds
import zeep
import zeep.helpers
import zeep.wsa
from suds.client import Client as SudsLibrary
from suds.plugin import MessagePlugin
from suds.wsse import Security
from suds.wsse import UsernameToken as SudsToken
from zeep.wsse.username import UsernameToken as ZeepToken

from clients import Fault

logging.getLogger("suds").setLevel(logging.CRITICAL)
logging.getLogger("zeep").setLevel(logging.CRITICAL)


class Zeep:
    name = "zeep"
    NIL = zeep.xsd.Nil
    DIGESTS = (False, True)

    class Ingress(zeep.Plugin):
        def __init__(self, replies):
            self.replies = replies

        def ingress(self, envelope, http_headers, operation):
            self.replies.take(envelope)
            return envelope, http_headers

    def __init__(self, url, replies, *, login=None, digest=False, addressing=False, port=None):
        plugins = [self.Ingress(replies)] + ([zeep.wsa.WsAddressingPlugin()] if addressing else [])
        wsse = ZeepToken(*login, use_digest=digest) if login else None
        self.replies = replies
        self.client = zeep.Client(url, plugins=plugins, wsse=wsse)
        (service,) = self.client.wsdl.services
        self.service = self.client.bind(service, port) if port else self.client.service

    @staticmethod
    def binary(data):
        return data

    @staticmethod
    def like(found, _):
        return found

    @staticmethod
    def unwrapped(value):
        """A single output with a single field is that field to it."""
        return next(iter(value.values())) if isinstance(value, dict) and set(value) <= {"item", "entry"} else value

    @staticmethod
    def structure(value):
        """As the library wants it."""
        if isinstance(value, dict):
            return {"_value_1" if name == "text" else name: Zeep.structure(inner) for name, inner in value.items()}
        return [Zeep.structure(item) for item in value] if isinstance(value, list) else value

    def anything(self):
        """A value for `xs:anyType`, and as what it comes back."""
        price = self.client.get_type("{urn:kitchen}Price")
        value = {"currency": "NOK", "text": decimal.Decimal("1.5")}
        return zeep.xsd.AnyObject(price, self.structure(value)), value

    def typed(self, name, value):
        """Of a type that extends the declared one."""
        return self.client.get_type(f"{{urn:kitchen}}{name}")(**self.structure(value))

    def call(self, operation, headers=None, **arguments):
        arguments = {name: self.structure(value) for name, value in arguments.items()}
        extra = {"_soapheaders": headers} if headers else {}
        try:
            answer = getattr(self.service, operation)(**arguments, **extra)
        except zeep.exceptions.Fault as fault:
            code = fault.code.rpartition(":")[2]
            code = {"Sender": "Client", "Receiver": "Server"}.get(code, code)  # as SOAP 1.1 calls them
            raise Fault(code, fault.message, self.detail(fault.detail)) from None
        return self.plain(answer)

    @staticmethod
    def body(answer):
        """Of an answer with headers."""
        (value,) = answer["body"].values()
        return value

    def detail(self, node):
        children = [] if node is None else list(node)
        types = self.client.wsdl.types
        return {child.tag.rpartition("}")[2]: self.plain(types.deserialize(child)) for child in children}

    @classmethod
    def plain(cls, value):
        value = zeep.helpers.serialize_object(value, dict)
        return cls.cleaned(value)

    @classmethod
    def cleaned(cls, value):
        if isinstance(value, dict):
            fields = {"text" if name == "_value_1" else name: cls.cleaned(inner) for name, inner in value.items()}
            return {name: inner for name, inner in fields.items() if inner is not None}
        if isinstance(value, list):
            return [cls.cleaned(item) for item in value]
        return value


class Suds:
    name = "suds"
    NIL = suds.null()
    DIGESTS = (False,)

    class Received(MessagePlugin):
        def __init__(self, replies):
            self.replies = replies

        def received(self, context):
            self.replies.take(context.reply)

    def __init__(self, url, replies, *, login=None, digest=False, addressing=False, port=None):
        assert not addressing and not port and not digest, "suds does not know that"
        self.replies = replies
        self.client = SudsLibrary(url, cache=None, timeout=30, plugins=[self.Received(replies)])
        if login:
            security = Security()
            security.tokens.append(SudsToken(*login))
            self.client.set_options(wsse=security)

    @staticmethod
    def binary(data):
        return base64.b64encode(data).decode()

    @staticmethod
    def unwrapped(value):
        return value

    @classmethod
    def like(cls, found, expected):
        """What restricts a number is text to it, and so is all that a fault holds."""
        if isinstance(found, dict) and isinstance(expected, dict):
            return {name: cls.like(inner, expected.get(name)) for name, inner in found.items()}
        if isinstance(found, list) and isinstance(expected, list):
            return [cls.like(*pair) for pair in zip(found, expected, strict=True)]
        if isinstance(expected, datetime.date) and isinstance(found, str):
            return type(expected).fromisoformat(found)
        is_number = isinstance(expected, int | float | decimal.Decimal) and isinstance(found, str)
        return type(expected)(found) if is_number else found

    def structure(self, value):
        if isinstance(value, dict) and "text" in value:
            made = self.client.factory.create("{urn:kitchen}Price")
            made.value, made._currency = value["text"], value["currency"]
            return made
        if isinstance(value, dict):
            return {self.field(name, inner): self.structure(inner) for name, inner in value.items()}
        return [self.structure(item) for item in value] if isinstance(value, list) else value

    @staticmethod
    def anything():
        """It has no way to say more than a text."""
        return "a <text> & more", "a <text> & more"

    ATTRIBUTES = {"number", "urgent", "currency"}

    @classmethod
    def field(cls, name, value):
        return f"_{name}" if name in cls.ATTRIBUTES and not isinstance(value, dict | list) else name

    def typed(self, name, value):
        made = self.client.factory.create(f"{{urn:kitchen}}{name}")
        for field, inner in value.items():
            setattr(made, field, inner)
        return made

    def call(self, operation, headers=None, **arguments):
        self.client.set_options(soapheaders=headers or ())
        arguments = {name: self.structure(value) for name, value in arguments.items()}
        try:
            answer = getattr(self.client.service, operation)(**arguments)
        except suds.WebFault as error:
            fault = error.fault
            detail = {}
            if getattr(fault, "detail", None) is not None:
                detail = {name: self.plain(value) for name, value in fault.detail}
            raise Fault(fault.faultcode, fault.faultstring, detail) from None
        return self.plain(answer)

    @staticmethod
    def body(answer):
        return answer

    @classmethod
    def plain(cls, value):
        if isinstance(value, suds.sudsobject.Object):
            fields = {}
            for name, inner in value:
                name = "text" if name == "value" and hasattr(value, "_currency") else name.removeprefix("_")
                fields[name] = cls.plain(inner)
            return {name: inner for name, inner in fields.items() if inner is not None}
        if isinstance(value, list):
            return [cls.plain(item) for item in value]
        return str(value) if isinstance(value, suds.sax.text.Text) else value


ALL = [Zeep, Suds]
