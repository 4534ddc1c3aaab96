//! What the outside calls an endpoint: the address in the WSDL, made anew for every request.
//!
//! In this order: the fixed public URL, the `X-Forwarded-…` headers of a proxy that is trusted, the host that
//! the request names. Nothing is kept here, and what depends on a request says that nobody else may keep it:
//! so no request can make another caller see a wrong address.
//!
//! `X-Forwarded-Prefix` and `Forwarded` (RFC 7239) are not read. Most proxies do not know them, and hand on what
//! a caller sends; a path that a proxy maps to another one is the same for everybody, and `PUBLIC_URL` names it.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use url::Url;

use super::HttpSettings;
use super::forwarded::{self, entries, ip_of, is_host, named_host};

/// The URL under which the outside reaches this server.
///
/// Without a path it stands for the host, and the context root follows; with a path it stands for
/// the context root itself, for proxies that map one path to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("{error}; it looks like https://host/path"))?;
        if !["http", "https"].contains(&url.scheme()) || url.host().is_none() {
            return Err("it has to start with http:// or https://, and name a host".to_owned());
        }
        let names_a_user = !url.username().is_empty() || url.password().is_some();
        if url.query().is_some() || url.fragment().is_some() || names_a_user {
            return Err("it has to be without user, query and fragment".to_owned());
        }
        Ok(Self(url))
    }
}

impl PublicUrl {
    pub(crate) fn endpoint(&self, context_root: &str, path: &str) -> String {
        let base = self.0.as_str().trim_end_matches('/');
        let root = if self.0.path() == "/" { context_root } else { "" };
        format!("{base}{root}{path}")
    }
}

/// Where a server listens if nobody says otherwise.
pub(crate) const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// The address of what is at `path` when a server listens at `listening`: what is said where no request
/// can tell.
pub(crate) fn address_at(listening: &str, public_url: Option<&PublicUrl>, context_root: &str, path: &str) -> String {
    match public_url {
        Some(url) => url.endpoint(context_root, path),
        None => format!("http://{}{context_root}{path}", reachable(listening)),
    }
}

/// What a browser on this machine can open: nobody can connect to "any address".
fn reachable(listening: &str) -> String {
    match listening.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_unspecified() || address.ip().is_loopback() => {
            format!("localhost:{}", address.port())
        }
        _ => listening.to_owned(),
    }
}

/// `/sintef/docker_services`, with or without the slashes around it; empty for the root.
pub(crate) fn parse_context_root(text: &str) -> Result<String, String> {
    let trimmed = text.trim_matches('/');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    if trimmed.contains("//")
        || trimmed.split('/').any(|part| part == ".." || part == ".")
        || !trimmed.bytes().all(allowed)
    {
        return Err("a path holds letters, digits and -._~ between its slashes".to_owned());
    }
    Ok(if trimmed.is_empty() { String::new() } else { format!("/{trimmed}") })
}

/// Makes addresses.
pub(super) struct Addresses {
    settings: Arc<HttpSettings>,
}

impl Addresses {
    pub(super) fn new(settings: Arc<HttpSettings>) -> Self {
        Self { settings }
    }

    /// The address of what is at `path` below the context root, as the sender of `request` sees it.
    pub(super) fn of(&self, path: &str, request: &Request) -> String {
        let root = &self.settings.context_root;
        if let Some(url) = &self.settings.public_url {
            return url.endpoint(root, path);
        }
        let host = named_host(request).filter(|host| is_host(host)).unwrap_or("localhost");
        let origin = match self.trusted_proxies(request) {
            0 => format!("http://{host}"),
            proxies => forwarded::origin(request.headers(), host, proxies),
        };
        format!("{origin}{root}{path}")
    }

    /// Says of a response with an address in it whether others may be given the same.
    pub(super) fn mark(&self, headers: &mut HeaderMap) {
        // Caches look at the URL, which may not be all that the address was made of.
        if self.settings.public_url.is_none() {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if self.settings.gzip {
            headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        }
    }

    /// How many proxies the request came through, from the last one outwards to the first that is not trusted.
    fn trusted_proxies(&self, request: &Request) -> usize {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        if !peer.is_some_and(|ConnectInfo(peer)| self.trusts(peer.ip())) {
            return 0;
        }
        // Each proxy adds at the end from where it was asked.
        let before = entries(request.headers(), "x-forwarded-for").rev();
        1 + before.map_while(ip_of).take_while(|&ip| self.trusts(ip)).count()
    }

    fn trusts(&self, ip: IpAddr) -> bool {
        // An IPv4 address that came in over an IPv6 socket is an IPv4 address.
        let ip = ip.to_canonical();
        self.settings.trusted_proxies.iter().any(|network| network.contains(&ip))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(settings: HttpSettings, peer: &str, headers: &[(&str, &str)]) -> String {
        addressed("/r/s", settings, peer, headers)
    }

    fn addressed(uri: &str, settings: HttpSettings, peer: &str, headers: &[(&str, &str)]) -> String {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(axum::body::Body::empty()).expect("a request");
        let peer = SocketAddr::new(peer.parse().expect("an address"), 1);
        request.extensions_mut().insert(ConnectInfo(peer));
        Addresses::new(Arc::new(HttpSettings { context_root: "/r".to_owned(), ..settings })).of("/s", &request)
    }

    fn trusting() -> HttpSettings {
        let trusted_proxies = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().expect("a network")).to_vec();
        HttpSettings { trusted_proxies, ..HttpSettings::default() }
    }

    /// The address for a request with these headers that comes by way of a trusted proxy.
    fn behind_proxy(headers: &[(&str, &str)]) -> String {
        address(trusting(), "10.1.2.3", headers)
    }

    #[test]
    fn the_host_is_the_address_without_a_proxy() {
        let plain =
            |host| address(HttpSettings::default(), "10.1.2.3", &[("host", host), ("x-forwarded-host", "evil")]);
        for good in ["a.example:8080", "a.example", "my_host", "192.0.2.1:81", "[::1]:80", "[2001:db8::1]"] {
            assert_eq!(plain(good), format!("http://{good}/r/s"));
        }
        let long = "a".repeat(256);
        for bad in [
            "a\"><b",
            "a.example/x",
            "me@a.example",
            "me:pw@a.example",
            "a.example?",
            "a.example#",
            "a b",
            "a%41",
            "a:b",
            "a:+80",
            "a:0",
            "a:65536",
            "a:",
            "a:1:2",
            "::1",
            "[::1",
            "::1]:80",
            "[a.example]",
            "[]",
            "[::1]x:80",
            ":80",
            ".",
            "-",
            "&#x22;",
            "",
            &long,
        ] {
            assert_eq!(plain(bad), "http://localhost/r/s", "{bad}");
            assert_eq!(behind_proxy(&[("host", "in"), ("x-forwarded-host", bad)]), "http://in/r/s", "{bad}");
        }
        assert_eq!(plain("a,b"), "http://localhost/r/s", "only a forwarded one may be a list");
        assert_eq!(address(HttpSettings::default(), "10.1.2.3", &[]), "http://localhost/r/s");
        let latin = HeaderValue::from_bytes(b"b\xFCro.example").expect("a value");
        let request = Request::builder().header("host", latin).body(axum::body::Body::empty()).expect("a request");
        assert_eq!(Addresses::new(Arc::default()).of("/s", &request), "http://localhost/s");
    }

    #[test]
    fn a_url_in_the_first_line_wins_over_the_host_header() {
        let asked = |uri: &str| addressed(uri, HttpSettings::default(), "10.1.2.3", &[("host", "other")]);
        assert_eq!(asked("http://o.example:81/r/s"), "http://o.example:81/r/s");
        assert_eq!(asked("http://me@o.example/r/s"), "http://localhost/r/s");
        assert_eq!(asked("/r/s"), "http://other/r/s");
    }

    #[test]
    fn a_trusted_proxy_tells_scheme_host_and_port() {
        let host = ("host", "inside:80");
        let (https, outside) = (("x-forwarded-proto", "https"), ("x-forwarded-host", "o.example"));
        for (headers, expected) in [
            (vec![host], "http://inside:80/r/s"),
            (vec![host, https, outside], "https://o.example/r/s"),
            (vec![host, ("x-forwarded-proto", "HTTPS"), outside], "https://o.example/r/s"),
            (vec![host, outside, ("x-forwarded-port", "81")], "http://o.example:81/r/s"),
            (vec![host, https, outside, ("x-forwarded-port", "443")], "https://o.example/r/s"),
            (vec![host, outside, ("x-forwarded-port", "0")], "http://o.example/r/s"),
            (vec![host, outside, ("x-forwarded-port", "81/x")], "http://o.example/r/s"),
            (vec![host, ("x-forwarded-host", "o.example:82"), ("x-forwarded-port", "81")], "http://o.example:82/r/s"),
            (vec![host, ("x-forwarded-host", "[::1]"), ("x-forwarded-port", "81")], "http://[::1]:81/r/s"),
            (vec![host, ("x-forwarded-proto", "javascript"), ("x-forwarded-host", "a b")], "http://inside:80/r/s"),
            (vec![host, ("x-forwarded-prefix", "/x"), ("forwarded", "host=evil;proto=https")], "http://inside:80/r/s"),
        ] {
            assert_eq!(behind_proxy(&headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn of_a_list_the_entry_of_the_outermost_trusted_proxy_counts() {
        let said = |chain: &[&str], hosts: &[&str]| {
            let chain = chain.iter().map(|line| ("x-forwarded-for", *line));
            let headers: Vec<_> = chain.chain(hosts.iter().map(|line| ("x-forwarded-host", *line))).collect();
            behind_proxy(&headers)
        };
        for (chain, hosts, expected) in [
            // One proxy, which adds to what the caller sent.
            (&[][..], &["evil, o.example"][..], "http://o.example/r/s"),
            (&["192.0.2.1"], &["evil, o.example"], "http://o.example/r/s"),
            (&["10.0.0.9, 192.0.2.1"], &["evil, o.example"], "http://o.example/r/s"),
            (&["10.0.0.9", "192.0.2.1"], &["evil", "o.example"], "http://o.example/r/s"),
            // Two of them.
            (&["192.0.2.1, 10.0.0.9"], &["evil, o.example, inner"], "http://o.example/r/s"),
            (&["192.0.2.1, fd00::1"], &["o.example, inner"], "http://o.example/r/s"),
            (&["192.0.2.1", "10.0.0.9:4711"], &["evil, o.example", "inner"], "http://o.example/r/s"),
            (&["192.0.2.1, ::ffff:10.0.0.9"], &["o.example"], "http://o.example/r/s"),
            // The outer one is not trusted, or does not say who it is.
            (&["192.0.2.1, 192.0.2.2"], &["evil, inner"], "http://inner/r/s"),
            (&["10.0.0.9, unknown"], &["evil, inner"], "http://inner/r/s"),
            // Empty entries are none.
            (&[""], &["o.example, ,"], "http://o.example/r/s"),
        ] {
            assert_eq!(said(chain, hosts), expected, "{chain:?} {hosts:?}");
        }
    }

    #[test]
    fn a_proxy_is_known_by_its_ipv4_address_on_an_ipv6_socket() {
        let from = |peer| address(trusting(), peer, &[("host", "in"), ("x-forwarded-host", "out")]);
        assert_eq!(from("::ffff:10.1.2.3"), "http://out/r/s");
        assert_eq!(from("fd00::7"), "http://out/r/s");
        assert_eq!(from("192.0.2.1"), "http://in/r/s");
    }

    #[test]
    fn a_fixed_public_url_wins() {
        let with = |url: &str| {
            let public_url = Some(url.parse().expect("a URL"));
            address(HttpSettings { public_url, ..HttpSettings::default() }, "10.1.2.3", &[("host", "inside")])
        };
        assert_eq!(with("https://o.example"), "https://o.example/r/s");
        assert_eq!(with("https://o.example:8443/"), "https://o.example:8443/r/s");
        assert_eq!(with("https://o.example/outside/"), "https://o.example/outside/s");
    }

    #[test]
    fn a_context_root_has_one_slash_before_it_and_none_behind() {
        for (text, expected) in [("", ""), ("/", ""), ("/a/b", "/a/b"), ("a/b/", "/a/b"), ("/a-b_c.d~e", "/a-b_c.d~e")]
        {
            assert_eq!(parse_context_root(text).as_deref(), Ok(expected), "{text}");
        }
        for bad in ["/a//b", "/a/../b", "/a b", "/{a}", "/ä", "/a?b"] {
            assert!(parse_context_root(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_url_has_to_be_one() {
        for bad in [
            "o.example",
            "ftp://o.example",
            "https://o.example/?x",
            "https://me@o.example/",
            "https://:pw@o.example/",
            "https://",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
