// A library, as gSOAP serves it. Prints its URL, and serves until it is killed.
// usage: server LibraryService.wsdl

#include "LibraryService.nsmap"
#include "soapLibraryServiceService.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

static std::string wsdl;

// What a GET gets: the WSDL, with the address at which it was asked.
static int on_get(struct soap *soap) {
    const char *query = strchr(soap->path, '?');
    if (!query || strcmp(query, "?wsdl")) return 404;
    soap->http_content = "text/xml; charset=utf-8";
    return soap_response(soap, SOAP_FILE) || soap_send_raw(soap, wsdl.data(), wsdl.size()) || soap_end_send(soap);
}

int main(int, char **arguments) {
    std::ifstream file(arguments[1]);
    std::stringstream text;
    text << file.rdbuf();
    wsdl = text.str();

    LibraryServiceService service(SOAP_C_UTFSTRING);
    service.soap->fget = on_get;
    service.soap->bind_flags = SO_REUSEADDR;
    if (!soap_valid_socket(service.bind("127.0.0.1", 0, 100))) {
        service.soap_stream_fault(std::cerr);
        return 1;
    }
    struct sockaddr_in bound;
    socklen_t length = sizeof bound;
    getsockname(service.soap->master, (struct sockaddr *)&bound, &length);
    std::string address = "http://127.0.0.1:" + std::to_string(ntohs(bound.sin_port)) + "/library";
    const std::string described = "http://localhost:8080/library";
    wsdl.replace(wsdl.find(described), described.size(), address);
    printf("%s?wsdl\n", address.c_str());
    fflush(stdout);

    for (;;) {
        if (!soap_valid_socket(service.accept())) continue;
        service.serve();
        service.destroy();
    }
}

int LibraryServiceService::add(int a, int b, int &sum) {
    sum = a + b;
    return SOAP_OK;
}

// An optional value, which lives as long as the answer.
template <typename T> static T *kept(struct soap *soap, T value) {
    T *place = (T *)soap_malloc(soap, sizeof(T));
    *place = value;
    return place;
}

int LibraryServiceService::find(const std::string &title, struct l__findResponse &out) {
    if (title == "Bare") {
        out.book.title = title;
        return SOAP_OK;
    }
    if (title != "Faust") {
        SOAP_ENV__Detail *detail = soap_new_SOAP_ENV__Detail(soap);
        detail->l__NotFound = soap_new__l__NotFound(soap);
        detail->l__NotFound->title = title;
        soap_sender_fault(soap, ("there is no " + title).c_str(), nullptr);
        soap->fault->detail = detail;
        return SOAP_FAULT;
    }
    out.book.pages = 464;
    out.book.title = title;
    out.book.author.resize(1);
    out.book.author[0].name = "Goethe";
    out.book.author[0].born = kept(soap, 1749);
    out.book.genre = kept(soap, b__Genre::POETRY);
    out.book.price = kept(soap, 9.5);
    out.book.tag = {"devil", "<love>"};
    return SOAP_OK;
}

// All that has come, so that the caller can compare it.
static std::string text(const b__Book &book, bool urgent) {
    static const char *genres[] = {"NOVEL", "POETRY", "SCIENCE"};
    std::ostringstream text;
    text << book.title << '|';
    for (size_t at = 0; at < book.author.size(); ++at) {
        const b__Author &author = book.author[at];
        text << (at ? "," : "") << author.name << '(' << (author.born ? std::to_string(*author.born) : "-") << ')';
    }
    text << '|' << (book.genre ? genres[(int)*book.genre] : "-") << '|';
    book.price ? text << *book.price : text << '-';
    text << '|';
    for (size_t at = 0; at < book.tag.size(); ++at) text << (at ? "," : "") << book.tag[at];
    text << '|' << book.pages << '|' << (urgent ? "true" : "false");
    return text.str();
}

int LibraryServiceService::store(const b__Book &book, bool urgent, struct l__storeResponse &out) {
    if (book.title.empty()) return soap_sender_fault(soap, "there is no book", nullptr);
    out.shelf = text(book, urgent);
    out.position = (int)book.tag.size();
    return SOAP_OK;
}

int LibraryServiceService::titles(struct l__titlesResponse &out) {
    out.title = {"Faust", "Woyzeck"};
    return SOAP_OK;
}
