"""A mesher, as Spyne serves it. Prints its URL, and serves until it is killed."""

import base64
import math
import threading
import time
from wsgiref.simple_server import WSGIRequestHandler, make_server

import six_for_spyne  # noqa: F401  before Spyne, for Pythons from 3.12 on
from spyne import Application, Array, ComplexModel, Double, Fault, Integer, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication


class Block(ComplexModel):
    """What is to be meshed."""

    __namespace__ = "urn:mesher"
    name = Unicode(min_occurs=1, nillable=False)
    edges = Double(min_occurs=1, max_occurs="unbounded", nillable=False)


class CellCount(ComplexModel):
    """How many cells there are with a size."""

    __namespace__ = "urn:mesher"
    size = Double(min_occurs=1, nillable=False)
    cells = Integer(min_occurs=1, nillable=False)


class TooFine(Fault):
    """There would be more cells than allowed."""

    __namespace__ = "urn:mesher"

    def __init__(self, size, cells):
        super().__init__("Client.TooFine", f"size {size} gives {cells} cells")


def cells(block, size):
    return math.prod(math.ceil(edge / size) for edge in block.edges)


jobs = {}


def mesh(service_id, block, size, seconds):
    for second in range(seconds):
        jobs[service_id] = page(f"{100 * second // seconds}%"), "UNSET"
        time.sleep(1)
    jobs[service_id] = "COMPLETED", f"{block.name}: {cells(block, size)} cells"


def page(text):
    return base64.b64encode(f"<p>{text}</p>".encode()).decode()


class MesherService(ServiceBase):
    @rpc(Block, Array(Double), Integer, _returns=Array(CellCount), _out_variable_name="estimates", _throws=TooFine)
    def estimate(ctx, block, sizes, limit):
        """Counts the cells for several sizes."""
        estimates = [CellCount(size=size, cells=cells(block, size)) for size in sizes]
        for count in estimates:
            if limit is not None and count.cells > limit:
                raise TooFine(count.size, count.cells)
        return estimates

    @rpc(Unicode, Unicode, Block, Double, Integer(default=10),
         _returns=[Unicode, Unicode], _out_variable_names=["status_base64", "result"])
    def startMeshing(ctx, serviceID, sessionToken, block, size, seconds):
        """Starts to mesh, and returns at once."""
        jobs[serviceID] = page("0%"), "UNSET"
        threading.Thread(target=mesh, args=(serviceID, block, size, seconds), daemon=True).start()
        return jobs[serviceID]

    @rpc(Unicode, Unicode, _returns=[Unicode, Unicode], _out_variable_names=["status_base64", "result"])
    def getServiceStatus(ctx, serviceID, sessionToken):
        """How far a meshing is."""
        return jobs[serviceID]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


application = Application([MesherService], "urn:mesher", in_protocol=Soap11(validator="lxml"), out_protocol=Soap11())
server = make_server("127.0.0.1", 0, WsgiApplication(application), handler_class=Quiet)
print(f"http://127.0.0.1:{server.server_port}/mesher?wsdl", flush=True)
server.serve_forever()
