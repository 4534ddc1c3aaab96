//! The address in WSDLs and pages, and calls that go there.

use super::Site;
use super::nginx::{INNER, Nginx, OUTER, chapter};
use super::programs::{CALCULATOR, Program, WAITER, address, soap_says};

/// The WSDL and both pages have this address, and no other one.
#[track_caller]
fn tells(nginx: &Nginx, lines: &[&str], path: &str, expected: &str) {
    let (root, _) = path.split_at(path.rfind('/').expect("a path") + 1);
    let (root, _) = root.trim_end_matches('/').rsplit_once('/').expect("a service is below a folder");
    assert_eq!(address(&nginx.get(&format!("{path}?wsdl"), lines)), expected);
    for page in [path, &format!("{root}/")] {
        let page = nginx.get(page, lines);
        assert_eq!(page.status, 200, "{page:?}");
        let links = page.body.split("href=\"http").skip(1).filter_map(|rest| rest.split('"').next());
        let links: Vec<_> = links.filter(|link| link.ends_with("?wsdl")).collect();
        assert_eq!(links, [format!("{}?wsdl", expected.trim_start_matches("http"))], "{page:?}");
        assert!(page.body.contains(&format!("<code>{expected}</code>")), "{page:?}");
    }
}

#[track_caller]
fn adds(certificate: Option<&std::path::Path>, wsdl: &str) {
    let said = soap_says(certificate, &["call", wsdl, "add", "a=1.5", "b=2"]);
    assert_eq!(said.trim(), "addResult: 3.5");
}

#[test]
fn two_services_share_a_port_and_are_called_where_their_wsdls_say() {
    let Some(site) = Site::trusting() else { return };
    let host = site.nginx.http();
    tells(&site.nginx, &[], WAITER, &format!("http://{host}{WAITER}"));
    tells(&site.nginx, &[], CALCULATOR, &format!("http://{host}{CALCULATOR}"));
    adds(None, &format!("http://{host}{CALCULATOR}?wsdl"));
    let waiter = format!("http://{host}{WAITER}");
    assert!(soap_says(None, &["describe", &waiter, "startWaiter"]).contains("asynchronous service"));
    let said = soap_says(None, &["run", &waiter, "startWaiter", "secondsToWait=0", "--every", "1s"]);
    assert!(said.contains("FINISHED"), "{said}");
}

#[test]
fn what_is_outside_of_the_context_roots_stays_inside() {
    let Some(site) = Site::trusting() else { return };
    for path in ["/metrics", "/health", "/ready", "/waiter/Waiter?wsdl", "/sintef/docker_services/../../metrics"] {
        let answer = site.nginx.get(path, &[]);
        assert!([400, 404].contains(&answer.status) && answer.body.contains("nginx"), "{path}: {answer:?}");
    }
    assert_eq!(site.nginx.get("/sintef/docker_services/health", &[]).body, "ok\n");
}

#[test]
fn https_outside_is_http_inside() {
    let Some(site) = Site::trusting() else { return };
    let endpoint = format!("https://{}{CALCULATOR}", site.nginx.https());
    let certificate = site.nginx.certificate();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let copy = folder.path().join("copy").display().to_string();
    soap_says(Some(&certificate), &["save", &format!("{endpoint}?wsdl"), "-o", &copy]);
    let saved: String = std::fs::read_dir(&copy)
        .expect("it was made")
        .map(|file| std::fs::read_to_string(file.expect("listed").path()).expect("a WSDL is text"))
        .collect();
    assert!(saved.contains(&format!("location=\"{endpoint}\"")), "{saved}");
    adds(Some(&certificate), &format!("{endpoint}?wsdl"));
}

#[test]
fn nobody_else_is_believed() {
    let Some(site) = Site::start(&[]) else { return };
    let host = site.nginx.http();
    let evil = ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Port: 666"];
    tells(&site.nginx, &evil, CALCULATOR, &format!("http://{host}{CALCULATOR}"));
    // Past the proxy, from an address that is not trusted.
    let mut calculator = site.calculator;
    calculator.restart(&[("CONTEXT_ROOT", "/sintef/calculators"), ("TRUSTED_PROXIES", INNER)]);
    let request =
        format!("GET {CALCULATOR}?wsdl HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{}\r\n\r\n", evil.join("\r\n"));
    let answer = super::nginx::send(&calculator.address(), request.as_bytes());
    assert_eq!(address(&crate::server::Answer::parse(&answer)), format!("http://{host}{CALCULATOR}"));
}

#[test]
fn a_caller_says_nothing_through_a_trusted_proxy_that_it_sets_itself() {
    let Some(site) = Site::trusting() else { return };
    let host = site.nginx.http();
    let claims = [
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Host: evil.example, other.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Port: 666",
        "X-Forwarded-Prefix: /evil",
        "Forwarded: host=evil.example;proto=https",
        "X-Forwarded-For: 127.0.0.2, 127.0.0.2",
        "X-Original-URL: /evil",
        "X-Forwarded-Host: evil.example\r\nX-Forwarded-Host: evil.example",
    ];
    for claim in claims {
        tells(&site.nginx, &[claim], CALCULATOR, &format!("http://{host}{CALCULATOR}"));
    }
    tells(&site.nginx, &claims, WAITER, &format!("http://{host}{WAITER}"));
}

#[test]
fn the_host_is_what_the_caller_typed() {
    let Some(site) = Site::trusting() else { return };
    for host in ["services.example", "services.example:8443", "[::1]:81", "[2001:db8::7]", "192.0.2.1:9"] {
        tells(&site.nginx, &[&format!("Host: {host}")], CALCULATOR, &format!("http://{host}{CALCULATOR}"));
    }
}

#[test]
fn a_public_url_wins_over_everything() {
    let Some(mut site) = Site::trusting() else { return };
    let root = ("CONTEXT_ROOT", "/sintef/calculators");
    let evil = ["Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example"];
    for trusted in [INNER, "127.0.0.1", ""] {
        let settings = [root, ("TRUSTED_PROXIES", trusted), ("PUBLIC_URL", "https://outside.example:8443")];
        site.calculator.restart(&settings);
        tells(&site.nginx, &evil, CALCULATOR, &format!("https://outside.example:8443{CALCULATOR}"));
    }
    // So it may be kept by caches; what is compressed is for those who take it.
    let wsdl = site.nginx.get(&format!("{CALCULATOR}?wsdl"), &[]);
    assert_eq!((wsdl.header("cache-control"), wsdl.header("vary")), (None, Some("accept-encoding")), "{wsdl:?}");
}

#[test]
fn a_prefix_that_the_proxy_replaces_is_in_the_public_url() {
    let mut calculator = Program::calculator(&[]);
    let config = chapter(2)
        .replace("127.0.0.1:8081/sintef/docker_services", &format!("{}/sintef/calculators", calculator.address()));
    assert!(config.contains("/sintef/calculators/;"), "{config}");
    let Some(nginx) = Nginx::start(&config) else { return };
    let outside = format!("http://{}/tools", nginx.http());
    calculator.restart(&[("CONTEXT_ROOT", "/sintef/calculators"), ("PUBLIC_URL", &outside)]);
    let endpoint = format!("{outside}/calculator/Calculator");
    tells(&nginx, &[], "/tools/calculator/Calculator", &endpoint);
    adds(None, &format!("{endpoint}?wsdl"));
}

/// The outer one of the chapter before the inner one, which adds to lists.
#[test]
fn of_two_proxies_the_outer_one_is_believed_if_it_is_trusted() {
    let calculator = Program::calculator(&[("TRUSTED_PROXIES", &format!("{INNER},{OUTER}"))]);
    let half = Program::calculator(&[("TRUSTED_PROXIES", INNER)]);
    for (program, expected) in [(&calculator, "out.example:81"), (&half, "in.example")] {
        let inner = chapter(1).replace("127.0.0.1:8081", &program.address());
        let Some(inner) = Nginx::start(&inner) else { return };
        let outer = chapter(0).replace("127.0.0.1:8081", "127.0.0.1:1").replace("127.0.0.1:8082", &inner.http());
        // It calls the inner one by a name of its own.
        let outer =
            outer.replacen("proxy_set_header Host              $http_host;", "proxy_set_header Host in.example;", 1);
        let outer = outer.replacen("listen 80;", &format!("listen 80; proxy_bind {OUTER};"), 1);
        let Some(outer) = Nginx::start(&outer) else { return };
        for claims in [&[][..], &["X-Forwarded-Host: evil.example", "X-Forwarded-For: 127.0.0.3"]] {
            let lines: Vec<_> = [&["Host: out.example:81"], claims].concat();
            tells(&outer, &lines, CALCULATOR, &format!("http://{expected}{CALCULATOR}"));
        }
    }
}
