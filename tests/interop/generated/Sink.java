import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.ws.Holder;
import javax.xml.ws.soap.SOAPFaultException;
import kitchen.*;
import kitchen.people.Address;

/** Calls the kitchen sink with what wsimport has generated. */
public class Sink {
    static final ObjectFactory MAKE = new ObjectFactory();
    static final BigInteger NUMBER = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    static int passed = 0, failed = 0;

    static void equal(String what, Object found, Object expected) {
        boolean same = Objects.equals(found, expected);
        if (same) passed++; else failed++;
        if (!same) System.out.printf("FAILED wsimport, %s:%n%s%nis not%n%s%n", what, found, expected);
    }

    static Address address() {
        Address made = new Address();
        made.setStreet("Storgata <1> & 2");
        made.setCity("Tromsø");
        made.setCountry(new kitchen.people.ObjectFactory().createAddressCountry("NO"));
        return made;
    }

    static Line line(String article, long count, String amount) {
        Price price = new Price();
        price.setValue(new BigDecimal(amount));
        price.setCurrency("NOK");
        Line made = new Line();
        made.setArticle(article);
        made.setCount(count);
        made.setPrice(price);
        return made;
    }

    static Order order() throws Exception {
        StringStringMapEntry entry = new StringStringMapEntry();
        entry.setKey("door");
        entry.setValue("left");
        Order made = new Order();
        made.setNumber(NUMBER);
        made.setUrgent(true);
        made.setOrderedOn(DatatypeFactory.newInstance().newXMLGregorianCalendar("2026-01-31"));
        made.setCustomer(address());
        made.getLines().add(line("tea", 2, "12.5"));
        made.getLines().add(line("mélk", 1000, "0.99"));
        made.setColour(MAKE.createOrderColour(Colour.DARK_BLUE));
        made.setCard("4111111111111111");
        StringArray tags = new StringArray();
        tags.getItem().addAll(List.of("new", "a & b"));
        made.setTags(MAKE.createOrderTags(tags));
        made.setRemarks(new StringStringMap());
        made.getRemarks().getEntry().add(entry);
        return made;
    }

    /** All that is in a line, and in an order: generated classes have no `equals`. */
    static List<Object> all(Line line) {
        return List.of(line.getArticle(), line.getCount(), line.getPrice().getValue(), line.getPrice().getCurrency());
    }

    static List<Object> all(Address address) {
        return List.of(address.getStreet(), address.getCity(), address.getCountry().getValue());
    }

    static List<Object> all(Order order) {
        List<Object> found = new ArrayList<>(List.of(order.getNumber(), order.isUrgent(), order.getOrderedOn(), all(order.getCustomer()),
            order.getColour().getValue(), order.getCard(), order.getTags().getValue().getItem()));
        order.getLines().forEach(line -> found.add(all(line)));
        order.getRemarks().getEntry().forEach(entry -> found.add(List.of(entry.getKey(), entry.getValue())));
        return found;
    }

    static void texts(KitchenSinkPortType sink) {
        Holder<String> text = new Holder<>(" <ä> & \"ö\" 😀\n");
        sink.echoString(text);
        equal("echoString", text.value, " <ä> & \"ö\" 😀\n");
        Holder<Colour> colour = new Holder<>(Colour.DARK_BLUE);
        sink.echoColour(colour);
        equal("echoColour", colour.value, Colour.DARK_BLUE);
        Holder<Integer> nothing = new Holder<>(null);
        sink.echoNillable(nothing);
        equal("echoNillable", nothing.value, null);
    }

    static void lists(KitchenSinkPortType sink) {
        DoubleArray first = new DoubleArray(), second = new DoubleArray();
        first.getItem().addAll(List.of(1.0, 2.5));
        Holder<List<DoubleArray>> rows = new Holder<>(List.of(first, second));
        sink.echoMatrix(rows);
        equal("echoMatrix", rows.value.stream().map(DoubleArray::getItem).toList(), List.of(List.of(1.0, 2.5), List.of()));
        StringIntMapEntry entry = new StringIntMapEntry();
        entry.setKey("a");
        entry.setValue(-2);
        StringIntMap numbers = new StringIntMap();
        numbers.getEntry().add(entry);
        Holder<StringIntMap> map = new Holder<>(numbers);
        sink.echoMap(map);
        equal("echoMap", map.value.getEntry().stream().map(e -> e.getKey() + e.getValue()).toList(), List.of("a-2"));
    }

    static void orders(KitchenSinkPortType sink) throws Exception {
        Holder<Order> order = new Holder<>(order());
        sink.echoOrder(order);
        equal("echoOrder", all(order.value), all(order()));
        equal("echoBare", all(sink.echoBare(line("mélk", 7, "1.05"))), all(line("mélk", 7, "1.05")));
    }

    static <S extends Shape> S placed(S shape) {
        shape.setName("s");
        shape.setMiddle(new DoubleArray2());
        shape.getMiddle().getItem().addAll(List.of(0.5, -1.0));
        return shape;
    }

    static void shapes(KitchenSinkPortType sink) {
        Circle circle = placed(new Circle());
        circle.setRadius(2.0);
        Square square = placed(new Square());
        square.setSide(3.0);
        Holder<List<Shape>> shapes = new Holder<>(List.of(circle, placed(new Shape()), square));
        sink.echoShapes(shapes);
        equal("classes", shapes.value.stream().map(Object::getClass).toList(), List.of(Circle.class, Shape.class, Square.class));
        equal("the radius", ((Circle) shapes.value.get(0)).getRadius(), 2.0);
        equal("the middle", shapes.value.get(1).getMiddle().getItem(), List.of(0.5, -1.0));
        equal("the side", ((Square) shapes.value.get(2)).getSide(), 3.0);
    }

    static void oneWay(KitchenSinkPortType sink) throws Exception {
        sink.tell("wsimpört");
        // It may be taken in after the answer to it.
        for (int tries = 0; tries < 100 && !sink.told().equals("wsimpört"); tries++) Thread.sleep(50);
        equal("told", sink.told(), "wsimpört");
    }

    static void headers(KitchenSinkPortType sink) {
        Session session = new Session();
        session.setUser("anna");
        session.getRoles().addAll(List.of("reader", "writer"));
        Holder<Session> given = new Holder<>(session);
        Holder<String> trace = new Holder<>("a&b");
        equal("the user", sink.echoHeaders(given, trace), "anna");
        equal("the session came back", given.value != session, true);
        equal("the roles", given.value.getRoles(), List.of("reader", "writer"));
        equal("the trace", trace.value, "a&b");
    }

    static void faults(KitchenSinkPortType sink) throws Exception {
        equal("ok", sink.order("ok", order()), NUMBER);
        try {
            sink.order("sold-out", order());
            equal("sold-out is a fault", false, true);
        } catch (SoldOutFault fault) {
            equal("what is sold out", fault.getFaultInfo().getArticle(), "tea");
            equal("when it is there again", fault.getFaultInfo().getAgainOn().getValue(), order().getOrderedOn());
            equal("the words", fault.getMessage(), "tea is sold out");
        }
        try {
            sink.order("refused", order());
            equal("refused is a fault", false, true);
        } catch (OrderRefusedFault fault) {
            equal("which order", fault.getFaultInfo().getOrder(), NUMBER);
            equal("its lines", fault.getFaultInfo().getLines().stream().map(Sink::all).toList(), order().getLines().stream().map(Sink::all).toList());
        }
        try {
            sink.order("closed", order());
            equal("closed is a fault", false, true);
        } catch (ClosedFault fault) {
            equal("the words", fault.getMessage(), "the shop is closed");
        }
    }

    static void legacy(kitchen.legacy.LegacyPortType old) {
        equal("add", old.add(2, -5), -3);
        Holder<Address> address = new Holder<>(address());
        Holder<kitchen.legacy.Colour> colour = new Holder<>(kitchen.legacy.Colour.GREEN);
        old.echoPair(address, colour);
        equal("the address", all(address.value), all(address()));
        equal("the colour", colour.value, kitchen.legacy.Colour.GREEN);
    }

    /** WS-Security is not of JAX-WS; without it the service is closed. */
    static void guarded(kitchen.guarded.GuardedPortType guarded) {
        try {
            guarded.echoString(new Holder<>("x"));
            equal("who is unknown is let in", true, false);
        } catch (SOAPFaultException fault) {
            passed++;
        }
    }

    public static void main(String[] none) throws Exception {
        List<KitchenSinkPortType> ports = List.of(new KitchenSink().getKitchenSinkPort(), new KitchenSink().getKitchenSinkSoap12Port());
        for (KitchenSinkPortType sink : ports) {
            texts(sink);
            lists(sink);
            orders(sink);
            shapes(sink);
            oneWay(sink);
            headers(sink);
            faults(sink);
        }
        legacy(new kitchen.legacy.Legacy().getLegacyPort());
        guarded(new kitchen.guarded.Guarded().getGuardedPort());
        System.out.printf("wsimport: %d passed, %d failed%n", passed, failed);
        System.exit(failed == 0 ? 0 : 1);
    }
}
