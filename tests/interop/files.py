"""Files in messages and beside them: with zeep, which reads packages and sends none, and with packages
that Python's own library for mail makes and reads."""

import email
import email.policy
import urllib.request
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import requests
import zeep

from checks import equal

# Every byte, and line ends of all kinds; but not at its ends, where zeep takes them off a part.
FILE = bytes(range(256)) * 2_000 + b"\r\n--\r\r\n."


def same(found, expected):
    # Without showing them.
    assert found == expected, f"{len(found)} bytes are not the {len(expected)} that were expected"


def pattern(length):
    return bytes(at % 251 for at in range(length))


def zeep_client(server, accept=None):
    session = requests.Session()
    if accept:
        session.headers["Accept"] = accept
    return zeep.Client(server.wsdl, transport=zeep.Transport(session=session)).service


def zeep_gets_a_file_inside_of_the_message(server):
    same(zeep_client(server).make(length=300_001), pattern(300_001))


def zeep_gets_a_file_beside_the_message(server):
    same(zeep_client(server, "multipart/related").make(length=300_001), pattern(300_001))


def zeep_sends_a_file_inside_of_the_message(server):
    same(zeep_client(server).echo(file=FILE), FILE)
    same(zeep_client(server, "multipart/related").echo(file=FILE), FILE)


def package(file):
    """A package whose file is in base64, as in mail: its Content-Type and its bytes."""
    envelope = (
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><echo xmlns='urn:files'><file>"
        "<Include xmlns='http://www.w3.org/2004/08/xop/include' href='cid:the%20file@mail'/>"
        "</file></echo></s:Body></s:Envelope>"
    )
    whole = MIMEMultipart("related", type="application/xop+xml", start="<message@mail>")
    message = MIMEText(envelope, "xml", "utf-8")
    message["Content-ID"] = "<message@mail>"
    part = MIMEApplication(file, "x-mesh")
    part["Content-ID"] = "<the file@mail>"
    whole.attach(part)
    whole.attach(message)
    head, _, body = whole.as_bytes(policy=email.policy.HTTP).partition(b"\r\n\r\n")
    content_type = email.message_from_bytes(head, policy=email.policy.HTTP)["Content-Type"]
    return str(content_type), body


def a_package_of_a_mail_library_goes_there_and_back(server):
    content_type, body = package(FILE)
    request = urllib.request.Request(server.wsdl.partition("?")[0], body, {"Content-Type": content_type})
    with urllib.request.urlopen(request) as answer:
        head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
        parsed = email.message_from_bytes(head + answer.read(), policy=email.policy.HTTP)
    message, file = parsed.iter_parts()
    equal(parsed.defects + message.defects + file.defects, [])
    equal(file.get_content_type(), "application/x-mesh")
    named = message.get_payload().partition('href="cid:')[2].partition('"')[0]
    equal(f"<{named}>", file["Content-ID"])
    same(file.get_payload(decode=True), FILE)


STEPS = [
    zeep_gets_a_file_inside_of_the_message,
    zeep_gets_a_file_beside_the_message,
    zeep_sends_a_file_inside_of_the_message,
    a_package_of_a_mail_library_goes_there_and_back,
]
