package mesher;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.ws.Endpoint;
import javax.xml.ws.Holder;
import javax.xml.ws.WebFault;

/** A mesher, as JAX-WS serves it. Prints its URL, and serves until it is killed. */
@WebService(name = "Mesher", serviceName = "MesherService", portName = "MesherPort", targetNamespace = "urn:mesher")
public class Mesher {
    /** What is to be meshed. */
    @XmlAccessorType(XmlAccessType.FIELD)
    public static class Block {
        @XmlElement(required = true)
        public String name;
        @XmlElement(required = true)
        public List<Double> edges = new ArrayList<>();
    }

    /** How many cells there are with a size. */
    @XmlAccessorType(XmlAccessType.FIELD)
    public static class CellCount {
        public double size;
        public long cells;
    }

    /** There would be more cells than allowed. */
    @XmlAccessorType(XmlAccessType.FIELD)
    public static class TooFine {
        public double size;
        public long cells;
    }

    @WebFault(name = "TooFine", targetNamespace = "urn:mesher")
    public static class TooFineException extends Exception {
        private final TooFine info;

        public TooFineException(String message, TooFine info) {
            super(message);
            this.info = info;
        }

        public TooFine getFaultInfo() { return info; }
    }

    private static class Job {
        volatile String status = page("0%");
        volatile String result = "UNSET";
    }

    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    /** Counts the cells for several sizes. */
    @WebMethod
    @WebResult(name = "estimates")
    public List<CellCount> estimate(
            @WebParam(name = "block") @XmlElement(required = true) Block block,
            @WebParam(name = "sizes") List<Double> sizes,
            @WebParam(name = "limit") Long limit) throws TooFineException {
        List<CellCount> estimates = new ArrayList<>();
        for (double size : sizes) {
            long cells = cells(block, size);
            if (limit != null && cells > limit) {
                TooFine info = new TooFine();
                info.size = size;
                info.cells = cells;
                throw new TooFineException("size " + size + " gives " + cells + " cells", info);
            }
            CellCount count = new CellCount();
            count.size = size;
            count.cells = cells;
            estimates.add(count);
        }
        return estimates;
    }

    /** Starts to mesh, and returns at once. */
    @WebMethod
    public void startMeshing(
            @WebParam(name = "serviceID") String serviceID,
            @WebParam(name = "sessionToken") String sessionToken,
            @WebParam(name = "block") @XmlElement(required = true) Block block,
            @WebParam(name = "size") double size,
            @WebParam(name = "seconds") Integer seconds,
            @WebParam(name = "status_base64", mode = WebParam.Mode.OUT) Holder<String> status,
            @WebParam(name = "result", mode = WebParam.Mode.OUT) Holder<String> result) {
        Job job = new Job();
        jobs.put(serviceID, job);
        Thread thread = new Thread(() -> mesh(job, block, size, seconds == null ? 10 : seconds));
        thread.setDaemon(true);
        thread.start();
        status.value = job.status;
        result.value = job.result;
    }

    /** How far a meshing is. */
    @WebMethod
    public void getServiceStatus(
            @WebParam(name = "serviceID") String serviceID,
            @WebParam(name = "sessionToken") String sessionToken,
            @WebParam(name = "status_base64", mode = WebParam.Mode.OUT) Holder<String> status,
            @WebParam(name = "result", mode = WebParam.Mode.OUT) Holder<String> result) {
        Job job = jobs.get(serviceID);
        status.value = job.status;
        result.value = job.result;
    }

    private static void mesh(Job job, Block block, double size, int seconds) {
        try {
            for (int second = 0; second < seconds; second++) {
                job.status = page(100 * second / seconds + "%");
                Thread.sleep(1000);
            }
        } catch (InterruptedException ended) {
            return;
        }
        job.result = block.name + ": " + cells(block, size) + " cells";
        job.status = "COMPLETED";
    }

    private static String page(String text) {
        return Base64.getEncoder().encodeToString(("<p>" + text + "</p>").getBytes(StandardCharsets.UTF_8));
    }

    private static long cells(Block block, double size) {
        long cells = 1;
        for (double edge : block.edges) cells *= (long) Math.ceil(edge / size);
        return cells;
    }

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        Endpoint.create(new Mesher()).publish(server.createContext("/mesher"));
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/mesher?wsdl");
    }
}
