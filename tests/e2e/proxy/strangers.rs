//! Requests that want somebody else to see a wrong address, and caches that could help them.

use std::thread;

use super::Site;
use super::nginx::{INNER, Nginx, send};
use super::programs::{CALCULATOR, Program, WAITER, address};
use crate::server::Answer;

/// Caches everything that it may, under the path alone.
fn caching(config: String) -> String {
    let cache = "proxy_cache_path /etc/nginx/cache keys_zone=all:1m;\nproxy_cache all;\nproxy_cache_key $request_uri;\n\
                 proxy_cache_valid any 1h;\nadd_header X-Cache $upstream_cache_status always;\n";
    cache.to_owned() + &config
}

#[test]
fn a_cache_between_keeps_no_address_of_another_caller() {
    let trusting = [("TRUSTED_PROXIES", INNER)];
    let Some(site) = Site::with(&trusting, caching) else { return };
    let (wsdl, page, landing) = (format!("{CALCULATOR}?wsdl"), CALCULATOR, "/sintef/calculators/");
    for path in [&*wsdl, page, landing] {
        for encoding in ["Accept-Encoding: gzip", "Accept-Encoding: identity"] {
            let poison = format!(
                "{} HTTP/1.1\r\nHost: evil.example\r\n{encoding}\r\nConnection: close\r\n\r\n",
                "GET ".to_owned() + path
            );
            site.nginx.send(poison.as_bytes());
        }
        let answer = site.nginx.get(path, &["Host: good.example"]);
        assert!(answer.body.contains("http://good.example/") && !answer.body.contains("evil"), "{path}: {answer:?}");
        assert_eq!((answer.header("x-cache"), answer.header("cache-control")), (Some("miss"), Some("no-store")));
    }
    // The cache of this test does keep what it may.
    let nothing = || site.nginx.get("/sintef/calculators/x", &[]).header("x-cache").map(str::to_owned);
    assert_eq!([nothing(), nothing()].map(Option::unwrap_or_default), ["miss", "hit"]);
}

#[test]
fn with_a_public_url_a_cache_keeps_what_it_gets_for_each_coding() {
    let Some(mut site) = Site::with(&[], caching) else { return };
    site.calculator.restart(&[("CONTEXT_ROOT", "/sintef/calculators"), ("PUBLIC_URL", "https://o.example")]);
    let ask = |lines: &[&str]| {
        let head = format!("GET {CALCULATOR}?wsdl HTTP/1.1\r\nConnection: close\r\n{}\r\n\r\n", lines.join("\r\n"));
        let answer = site.nginx.send(head.as_bytes());
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
        String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase()
    };
    for (expected, gzip) in [("miss", true), ("hit", true), ("miss", false), ("hit", false)] {
        let encoding = if gzip { "Accept-Encoding: gzip" } else { "Accept-Encoding: identity" };
        let head = ask(&["Host: evil.example", encoding]);
        assert!(head.contains(&format!("x-cache: {expected}")), "{encoding}: {head}");
        assert_eq!(head.contains("content-encoding: gzip"), gzip, "{head}");
    }
    assert_eq!(address(&site.nginx.get(&format!("{CALCULATOR}?wsdl"), &[])), format!("https://o.example{CALCULATOR}"));
}

#[test]
fn in_a_storm_everybody_gets_an_address_of_their_own() {
    let Some(site) = Site::trusting() else { return };
    thread::scope(|scope| {
        for caller in 0..8 {
            let site = &site;
            scope.spawn(move || {
                for round in 0..20 {
                    let host = format!("c{caller}-{round}.example:{}", 1000 + round);
                    let path = if round % 2 == 0 { WAITER } else { CALCULATOR };
                    let answer = site.nginx.get(&format!("{path}?wsdl"), &[&format!("Host: {host}")]);
                    assert_eq!(address(&answer), format!("http://{host}{path}"));
                }
            });
        }
    });
}

/// Past the proxy, for nginx refuses most of these itself: the program that trusts, and one that does not.
#[test]
fn no_host_breaks_a_wsdl_or_a_page() {
    let trusting = Program::calculator(&[("TRUSTED_PROXIES", "127.0.0.1")]);
    let plain = Program::calculator(&[]);
    let long = "a".repeat(10_000);
    let hosts = [
        "\"><script>alert(1)</script>",
        "'onload='alert(1)",
        "user:password@good.example",
        "good.example/path",
        "good.example\\path",
        "good.example?x",
        "good.example#x",
        "good.example:port",
        "good.example:99999",
        "b\u{fc}ro.example",
        "\u{202e}elpmaxe",
        "good.example%0d%0aX-Evil: 1",
        "&amp;",
        "]]>",
        "{{ host }}",
        "::1",
        "[::1",
        "[fe80::1%25eth0]",
        "",
        &long,
    ];
    for host in hosts {
        for (program, head) in [
            (&plain, format!("Host: {host}")),
            (&trusting, format!("Host: localhost\r\nX-Forwarded-Host: {host}")),
            (&trusting, format!("Host: localhost\r\nX-Forwarded-Proto: {host}\r\nX-Forwarded-Port: {host}")),
        ] {
            let ask = |path: &str| {
                let request = format!("GET {path} HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n");
                Answer::parse(&send(&program.address(), request.as_bytes()))
            };
            assert_eq!(address(&ask(&format!("{CALCULATOR}?wsdl"))), format!("http://localhost{CALCULATOR}"), "{head}");
            for path in [CALCULATOR, "/sintef/calculators/"] {
                let page = ask(path);
                assert!(page.status == 200 && page.body.contains("\"http://localhost/sintef/"), "{head}: {page:?}");
                assert!(host.is_empty() || host == "::1" || !page.body.contains(host), "{head}: {page:?}");
            }
        }
    }
}

#[test]
fn a_request_names_one_host() {
    let program = Program::calculator(&[]);
    let ask = |method: &str, target: &str, head: &str| {
        let request = format!("{method} {target} HTTP/1.1\r\n{head}Connection: close\r\n\r\n");
        Answer::parse(&send(&program.address(), request.as_bytes()))
    };
    let wsdl = format!("{CALCULATOR}?wsdl");
    for (method, path) in [("GET", &*wsdl), ("GET", CALCULATOR), ("POST", CALCULATOR), ("GET", "/sintef/calculators/")]
    {
        let answer = ask(method, path, "Host: a.example\r\nHost: b.example\r\n");
        assert_eq!(answer.status, 400, "{answer:?}");
        assert!(answer.body.contains("several Host headers") && !answer.body.contains(".example"), "{answer:?}");
    }
    // Of a URL in the first line it is that one's, and none is no host.
    let absolute = ask("GET", &format!("http://a.example:81{wsdl}"), "Host: b.example\r\n");
    assert_eq!(address(&absolute), format!("http://a.example:81{CALCULATOR}"));
    assert_eq!(address(&ask("GET", &wsdl, "")), format!("http://localhost{CALCULATOR}"));
}

/// What nginx makes of the same: refused there, or the address of nobody else.
#[test]
fn odd_requests_through_nginx_get_no_odd_address() {
    let Some(site) = Site::trusting() else { return };
    let nginx: &Nginx = &site.nginx;
    let wsdl = format!("{CALCULATOR}?wsdl");
    let ask = |start: &str, head: &str| {
        Answer::parse(&nginx.send(format!("{start}\r\n{head}Connection: close\r\n\r\n").as_bytes()))
    };
    let get = format!("GET {wsdl} HTTP/1.1");
    for head in ["", "Host: a.example\r\nHost: b.example\r\n", "Host: a.example/path\r\n", "Host: \u{1}\r\n"] {
        assert_eq!(ask(&get, head).status, 400, "{head:?}");
    }
    assert_eq!(address(&ask(&format!("GET {wsdl} HTTP/1.0"), "")), format!("http://localhost{CALCULATOR}"));
    let absolute = ask(&format!("GET http://a.example{wsdl} HTTP/1.1"), "Host: b.example\r\n");
    assert_eq!(address(&absolute), format!("http://b.example{CALCULATOR}"));
    for host in ["user@a.example", "\"x\"", "a.example:x"] {
        let answer = ask(&get, &format!("Host: {host}\r\n"));
        assert!(
            answer.status == 400 || address(&answer) == format!("http://localhost{CALCULATOR}"),
            "{host}: {answer:?}"
        );
    }
}
