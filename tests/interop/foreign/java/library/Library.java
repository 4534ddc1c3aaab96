package library;

import com.sun.net.httpserver.HttpServer;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import javax.jws.Oneway;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlAttribute;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlElementWrapper;
import javax.xml.bind.annotation.XmlRootElement;
import javax.xml.bind.annotation.XmlSeeAlso;
import javax.xml.bind.annotation.XmlType;
import javax.xml.ws.Endpoint;
import javax.xml.ws.WebFault;

/** A library, as JAX-WS serves it. Prints its URL, and serves until it is killed. */
@WebService(serviceName = "LibraryService", portName = "LibraryPort", targetNamespace = "urn:library")
@XmlSeeAlso(Library.Atlas.class)
public class Library {
    @XmlType(namespace = "urn:library:books")
    public enum Genre { NOVEL, POETRY, SCIENCE }

    @XmlType(namespace = "urn:library:books")
    @XmlAccessorType(XmlAccessType.FIELD)
    public static class Author {
        @XmlElement(required = true)
        public String name;
        public Integer born;
    }

    @XmlType(namespace = "urn:library:books", propOrder = {"title", "authors", "genre", "price", "tags"})
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(namespace = "urn:library:books")
    public static class Book {
        @XmlElement(required = true)
        public String title;
        @XmlElementWrapper(name = "authors")
        @XmlElement(name = "author")
        public List<Author> authors = new ArrayList<>();
        public Genre genre;
        @XmlElement(nillable = true)
        public BigDecimal price;
        public List<String> tags = new ArrayList<>();
        @XmlAttribute(required = true)
        public int pages;
    }

    /** A special book. */
    @XmlType(namespace = "urn:library:books")
    @XmlAccessorType(XmlAccessType.FIELD)
    public static class Atlas extends Book {
        public double scale;
    }

    @WebFault(name = "NotFound", targetNamespace = "urn:library")
    public static class NotFoundException extends Exception {
        private final String title;

        public NotFoundException(String title) {
            super("there is no " + title);
            this.title = title;
        }

        public String getTitle() { return title; }
    }

    @WebMethod(action = "urn:library:add")
    @WebResult(name = "sum")
    public int add(@WebParam(name = "a") int a, @WebParam(name = "b") int b) { return a + b; }

    @WebMethod
    @WebResult(name = "book")
    public Book find(@WebParam(name = "title") @XmlElement(required = true) String title) throws NotFoundException {
        if (title.equals("Lost")) return null;
        if (title.equals("Bare")) return bare(new Book());
        if (title.equals("Atlas")) return atlas();
        if (!title.equals("Faust")) throw new NotFoundException(title);
        Author goethe = new Author();
        goethe.name = "Goethe";
        goethe.born = 1749;
        Book book = new Book();
        book.title = title;
        book.authors.add(goethe);
        book.genre = Genre.POETRY;
        book.price = new BigDecimal("9.50");
        book.tags.addAll(Arrays.asList("devil", "<love>"));
        book.pages = 464;
        return book;
    }

    @WebMethod
    @WebResult(name = "shelf")
    public String store(@WebParam(name = "book") Book book, @WebParam(name = "urgent") Boolean urgent) {
        if (book == null) throw new IllegalArgumentException("there is no book");
        return text(book, urgent);
    }

    @WebMethod
    @WebResult(name = "title")
    public List<String> titles() { return Arrays.asList("Faust", "Woyzeck"); }

    @WebMethod
    @Oneway
    public void shout(@WebParam(name = "text") String text) {}

    /** With nothing that may be left out, and what is nil: `price` and a tag. */
    private static Book bare(Book book) {
        book.title = "Bare";
        book.tags.addAll(Arrays.asList(null, ""));
        return book;
    }

    private static Book atlas() {
        Atlas atlas = new Atlas();
        atlas.scale = 0.25;
        return bare(atlas);
    }

    /** All that has come, so that the caller can compare it. */
    private static String text(Book book, Boolean urgent) {
        List<String> authors = new ArrayList<>();
        for (Author author : book.authors) authors.add(author.name + "(" + known(author.born) + ")");
        List<String> tags = new ArrayList<>();
        for (String tag : book.tags) tags.add(known(tag));
        String price = book.price == null ? null : book.price.stripTrailingZeros().toPlainString();
        String text = String.join("|", book.title, String.join(",", authors), known(book.genre), known(price),
            String.join(",", tags), known(book.pages), known(urgent));
        return book instanceof Atlas ? text + "|" + ((Atlas) book).scale : text;
    }

    private static String known(Object value) { return value == null ? "-" : value.toString(); }

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        Endpoint.create(new Library()).publish(server.createContext("/library"));
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/library?wsdl");
    }
}
