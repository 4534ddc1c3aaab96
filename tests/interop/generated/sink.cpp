// Calls the kitchen sink with what gSOAP's wsdl2h and soapcpp2 have generated from its WSDLs.
// usage: sink SINK_URL LEGACY_URL GUARDED_URL
//
// The context is strict, so gSOAP validates each reply. Whole values are compared by what gSOAP writes of them.

#include <chrono>
#include <iostream>
#include <sstream>
#include <thread>

#include "KitchenSinkBinding.nsmap"
#include "soapGuardedBindingProxy.h"
#include "soapKitchenSinkBindingProxy.h"
#include "soapLegacyBindingProxy.h"

static int passed = 0, failed = 0;

template <class Value> void equal(const char *what, const Value &found, const Value &expected) {
    (found == expected ? passed : failed)++;
    if (!(found == expected))
        std::cout << "FAILED gSOAP, " << what << ":\n" << found << "\nis not\n" << expected << std::endl;
}

static void equal(const char *what, const std::string &found, const char *expected) { equal(what, found, std::string(expected)); }

static void holds(const char *what, bool condition) { equal(what, condition, true); }

struct Sink {
    soap *context;
    KitchenSinkBindingProxy proxy;
    bool is_soap12;
    std::vector<Namespace> names;

    Sink(const char *url, bool is_soap12)
        : context(soap_new1(SOAP_C_UTFSTRING | SOAP_XML_TREE | SOAP_XML_STRICT)), proxy(context, url), is_soap12(is_soap12),
          names(std::begin(namespaces), std::end(namespaces)) {
        names[0].ns = is_soap12 ? "http://www.w3.org/2003/05/soap-envelope" : "http://schemas.xmlsoap.org/soap/envelope/";
        names[0].in = is_soap12 ? "http://schemas.xmlsoap.org/soap/envelope/" : "http://www.w3.org/2003/05/soap-envelope";
        choose_version();
    }

    // A new proxy sets the names of the last binding, which is SOAP 1.2's; the first of them says which SOAP it is.
    void choose_version() { soap_set_namespaces(context, names.data()); }

    ~Sink() {
        proxy.destroy();
        soap_free(context);
    }

    bool done(const char *what, int result) {
        std::ostringstream why;
        if (result != SOAP_OK) soap_stream_fault(context, why);
        equal(what, why.str(), "");
        return result == SOAP_OK;
    }

    template <class Value> std::string text(const Value *value) {
        std::ostringstream out;
        context->os = &out;
        soap_begin_send(context);
        value->soap_serialize(context);
        value->soap_put(context, "value", nullptr);
        soap_end_send(context);
        context->os = nullptr;
        return out.str();
    }

    ns1__Line *line(const char *article, unsigned count, const char *amount) {
        return soap_new_req_ns1__Line(context, article, count, soap_new_set_ns1__Price(context, amount, "NOK"));
    }

    std::string *word(const char *word) {
        auto made = soap_new_std__string(context);
        *made = word;
        return made;
    }

    ns1__DoubleArray2 *place() {
        auto middle = soap_new_ns1__DoubleArray2(context);
        middle->item = {0.5, -1.0};
        return middle;
    }

    ns1__Order *order();

    void texts();
    void lists();
    void orders();
    void shapes();
    void bare();
    void one_way();
    void headers();
    const SOAP_ENV__Detail *fault(const char *kind, const char *code, const char *code12);
    void faults();

    void all() {
        texts(), lists(), orders(), shapes(), bare(), one_way(), headers(), faults();
    }
};

ns1__Order *Sink::order() {
    auto made = soap_new_ns1__Order(context);
    made->number = 18446744073709551615ull;
    made->urgent = true;
    made->orderedOn = "2026-01-31";
    made->customer = soap_new_set_ns2__Address(context, "Storgata <1> & 2", "Tromsø", word("NO"));
    made->lines = {line("tea", 2, "12.5"), line("mélk", 1000, "0.99")};
    made->colour = soap_new_ns1__Colour(context);
    *made->colour = ns1__Colour::dark_blue;
    made->__union_Order = SOAP_UNION__ns1__union_Order_card;
    made->union_Order.card = word("4111111111111111");
    made->tags = soap_new_ns1__StringArray(context);
    made->tags->item = {"new", "a & b"};
    made->remarks = soap_new_ns1__StringStringMap(context);
    made->remarks->entry = {soap_new_req_ns1__StringStringMapEntry(context, "door", "left")};
    return made;
}

void Sink::texts() {
    _ns1__echoString in;
    _ns1__echoStringResponse out;
    in.value = " <ä> & \"ö\" 😀\n";
    if (done("echoString", proxy.echoString(&in, out))) equal("echoString", out.value, in.value);

    _ns1__echoColour colour;
    _ns1__echoColourResponse same;
    colour.colour = ns1__Colour::dark_blue;
    if (done("echoColour", proxy.echoColour(&colour, same))) holds("echoColour", same.colour == colour.colour);

    _ns1__echoNillable nil;
    _ns1__echoNillableResponse still;
    if (done("echoNillable", proxy.echoNillable(&nil, still))) holds("nil is no number", still.value == nullptr);
}

void Sink::lists() {
    _ns1__echoMatrix in;
    _ns1__echoMatrixResponse out;
    for (auto row : std::vector<std::vector<double>>{{1.0, 2.5}, {}, {3.0}}) {
        in.rows.push_back(soap_new_ns1__DoubleArray(context));
        in.rows.back()->item = row;
    }
    if (!done("echoMatrix", proxy.echoMatrix(&in, out))) return;
    equal("rows", out.rows.size(), in.rows.size());
    for (size_t at = 0; at < out.rows.size(); at++) holds("a row", out.rows[at]->item == in.rows[at]->item);

    _ns1__echoMap map;
    _ns1__echoMapResponse same;
    map.map = soap_new_ns1__StringIntMap(context);
    map.map->entry = {soap_new_req_ns1__StringIntMapEntry(context, "a", 1), soap_new_req_ns1__StringIntMapEntry(context, "b", -2)};
    if (done("echoMap", proxy.echoMap(&map, same))) equal("echoMap", text(same.map), text(map.map));
}

void Sink::orders() {
    _ns1__echoOrder in;
    _ns1__echoOrderResponse out;
    in.order = order();
    if (!done("echoOrder", proxy.echoOrder(&in, out))) return;
    equal("the order's number", out.order->number, in.order->number);
    equal("the customer's city", out.order->customer->city, "Tromsø");
    equal("the choice", out.order->__union_Order, SOAP_UNION__ns1__union_Order_card);
    equal("echoOrder", text(out.order), text(in.order));

    in.order->__union_Order = SOAP_UNION__ns1__union_Order_invoice;
    in.order->union_Order.invoice = soap_new_req_ns1__PaymentInvoice(context, in.order->customer, 14);
    in.order->tags = nullptr;
    if (done("echoOrder", proxy.echoOrder(&in, out))) equal("echoOrder by invoice", text(out.order), text(in.order));
}

void Sink::shapes() {
    _ns1__echoShapes in;
    _ns1__echoShapesResponse out;
    auto square = soap_new_ns1__Square(context);
    square->name = "s", square->middle = place(), square->side = 3.0;
    in.shapes = {soap_new_set_ns1__Circle(context, 2.0, "c", place()), soap_new_req_ns1__Shape(context, "p", place()), square};
    if (!done("echoShapes", proxy.echoShapes(&in, out))) return;
    equal("shapes", out.shapes.size(), in.shapes.size());
    auto circle = dynamic_cast<ns1__Circle *>(out.shapes[0]);
    holds("a circle is one", circle && circle->radius == 2.0 && circle->middle->item == place()->item);
    holds("a shape is no more", out.shapes[1]->soap_type() == SOAP_TYPE_ns1__Shape && out.shapes[1]->name == "p");
    square = dynamic_cast<ns1__Square *>(out.shapes[2]);
    holds("a square is one", square && square->side == 3.0 && square->name == "s");
}

void Sink::bare() {
    ns1__Line out;
    auto in = line("mélk", 7, "1.05");
    if (done("echoBare", proxy.echoBare(in, out))) equal("echoBare", text(&out), text(in));
}

void Sink::one_way() {
    _ns1__tell tell;
    tell.text = is_soap12 ? "gSOAP, 1.2" : "gSOAP, 1.1";
    done("tell", proxy.tell(&tell));
    _ns1__told told;
    _ns1__toldResponse out;
    // It may be taken in after the answer to it.
    for (int tries = 0; tries < 100 && out.text != tell.text; tries++) {
        if (tries) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        if (!done("told", proxy.told(&told, out))) return;
    }
    equal("told", out.text, tell.text);
}

void Sink::headers() {
    _ns1__echoHeaders in;
    _ns1__echoHeadersResponse out;
    for (auto trace : {word("a&b"), static_cast<std::string *>(nullptr)}) {
        auto session = soap_new_ns1__Session(context);
        session->user = "anna", session->roles = {"reader", "writer"};
        context->header = soap_new_SOAP_ENV__Header(context);
        context->header->ns1__session = session;
        context->header->ns1__trace = trace;
        if (!done("echoHeaders", proxy.echoHeaders(&in, out))) return;
        equal("the user", out.user, "anna");
        auto header = context->header;
        holds("a header came", header && header->ns1__session && header->ns1__session != session);
        equal("the session", text(header->ns1__session), text(session));
        holds("the trace", trace ? header->ns1__trace && *header->ns1__trace == *trace : !header->ns1__trace);
    }
    context->header = nullptr;
    holds("a header is missing", proxy.echoHeaders(&in, out) == SOAP_FAULT);
}

const SOAP_ENV__Detail *Sink::fault(const char *kind, const char *code, const char *code12) {
    _ns1__order in;
    _ns1__orderResponse out;
    in.kind = kind;
    in.order = order();
    equal(kind, proxy.order(&in, out), SOAP_FAULT);
    if (!context->fault) return nullptr;
    equal(kind, std::string(*soap_faultcode(context)), is_soap12 ? code12 : code);
    return is_soap12 ? context->fault->SOAP_ENV__Detail : context->fault->detail;
}

void Sink::faults() {
    auto sold_out = fault("sold-out", "SOAP-ENV:Client", "SOAP-ENV:Sender");
    auto detail = sold_out ? sold_out->ns1__SoldOut : nullptr;
    holds("SoldOut is the detail", detail && detail->article == "tea");
    holds("when it is there again", detail && detail->again_USCOREon && *detail->again_USCOREon == "2026-01-31");

    auto refused = fault("refused", "SOAP-ENV:Client", "SOAP-ENV:Sender");
    auto refusal = refused ? refused->ns1__OrderRefused : nullptr;
    holds("OrderRefused is the detail", refusal && refusal->order == order()->number && refusal->lines.size() == 2);
    for (size_t at = 0; refusal && at < refusal->lines.size(); at++)
        equal("a refused line", text(refusal->lines[at]), text(order()->lines[at]));

    auto closed = fault("closed", "SOAP-ENV:Server", "SOAP-ENV:Receiver");
    holds("Closed is the detail", closed && closed->ns1__Closed && !closed->ns1__SoldOut);
}

static void legacy(Sink &sink, const char *url) {
    LegacyBindingProxy proxy(sink.context, url);
    sink.choose_version();
    ns3__addResponse sum;
    if (sink.done("add", proxy.add(2, -5, sum))) equal("add", sum.sum, -3);
    auto address = soap_new_set_ns2__Address(sink.context, "Storgata 1", "Tromsø", nullptr);
    ns3__echoPairResponse pair;
    if (!sink.done("echoPair", proxy.echoPair(address, ns3__Colour::dark_blue, pair))) return;
    if (!pair.address) return holds("the address", false);
    equal("the address", sink.text(pair.address), sink.text(address));
    holds("the colour", pair.colour == ns3__Colour::dark_blue);
}

// gSOAP's WS-Security is a plug-in; without it the service is closed.
static void guarded(Sink &sink, const char *url) {
    GuardedBindingProxy proxy(sink.context, url);
    sink.choose_version();
    _ns4__echoString in;
    _ns4__echoStringResponse out;
    holds("who is unknown is not let in", proxy.echoString(&in, out) == SOAP_FAULT);
}

int main(int count, char **arguments) {
    if (count != 4) {
        std::cerr << "usage: sink SINK_URL LEGACY_URL GUARDED_URL" << std::endl;
        return 2;
    }
    for (bool is_soap12 : {false, true}) {
        Sink sink(arguments[1], is_soap12);
        sink.all();
        if (!is_soap12) legacy(sink, arguments[2]), guarded(sink, arguments[3]);
    }
    std::cout << "gSOAP: " << passed << " passed, " << failed << " failed" << std::endl;
    return failed ? 1 : 0;
}
