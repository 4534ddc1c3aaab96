//! What the outside calls an endpoint: the address in the WSDL, made anew for every request.
//!
//! In this order: the fixed public URL, the `X-Forwarded-…` headers of a proxy that is trusted, the
//! `Host` header. Nothing is kept, so no request can make another caller see a wrong address.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};
use url::Url;

use super::HttpSettings;

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
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
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
        let headers = request.headers();
        let host = first(headers, header::HOST.as_str()).or(request.uri().authority().map(|host| host.as_str()));
        let host = host.filter(|host| is_host(host)).unwrap_or("localhost");
        let origin = match self.is_trusted(request) {
            true => forwarded_origin(headers, host),
            false => format!("http://{host}"),
        };
        format!("{origin}{root}{path}")
    }

    fn is_trusted(&self, request: &Request) -> bool {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        peer.is_some_and(|ConnectInfo(peer)| {
            let ip = canonical(peer.ip());
            self.settings.trusted_proxies.iter().any(|network| network.contains(&ip))
        })
    }
}

/// An IPv4 address that came in over an IPv6 socket is an IPv4 address.
fn canonical(ip: IpAddr) -> IpAddr {
    ip.to_canonical()
}

fn forwarded_origin(headers: &HeaderMap, host: &str) -> String {
    let scheme = first(headers, "x-forwarded-proto").filter(|scheme| ["http", "https"].contains(scheme));
    let scheme = scheme.unwrap_or("http");
    let host = first(headers, "x-forwarded-host").filter(|host| is_host(host)).unwrap_or(host);
    let default_port = if scheme == "https" { 443 } else { 80 };
    let port = first(headers, "x-forwarded-port").and_then(|port| port.parse::<u16>().ok());
    match port.filter(|&port| port != default_port && !has_port(host)) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    }
}

/// The first entry of a header that may be a list: what the outermost proxy saw.
fn first<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let value = headers.get(name)?.to_str().ok()?;
    let first = value.split(',').next()?.trim();
    (!first.is_empty()).then_some(first)
}

fn is_host(host: &str) -> bool {
    host.len() <= 255
        && host.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
}

fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| !port.ends_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(settings: HttpSettings, peer: &str, headers: &[(&str, &str)]) -> String {
        let mut request = Request::builder().uri("/r/s");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(axum::body::Body::empty()).expect("a request");
        let peer: SocketAddr = format!("{peer}:1").parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        Addresses::new(Arc::new(HttpSettings { context_root: "/r".to_owned(), ..settings })).of("/s", &request)
    }

    fn behind_proxy(headers: &[(&str, &str)]) -> String {
        let trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")];
        address(HttpSettings { trusted_proxies, ..HttpSettings::default() }, "10.1.2.3", headers)
    }

    #[test]
    fn the_host_header_is_the_address_without_a_proxy() {
        let plain =
            |host| address(HttpSettings::default(), "10.1.2.3", &[("host", host), ("x-forwarded-host", "evil")]);
        assert_eq!(plain("a.example:8080"), "http://a.example:8080/r/s");
        assert_eq!(plain("[::1]:80"), "http://[::1]:80/r/s");
        assert_eq!(plain("a\"><b"), "http://localhost/r/s");
        assert_eq!(address(HttpSettings::default(), "10.1.2.3", &[]), "http://localhost/r/s");
    }

    #[test]
    fn a_trusted_proxy_tells_scheme_host_and_port() {
        let host = ("host", "inside:80");
        for (headers, expected) in [
            (vec![host], "http://inside:80/r/s"),
            (vec![host, ("x-forwarded-proto", "https"), ("x-forwarded-host", "o.example")], "https://o.example/r/s"),
            (
                vec![host, ("x-forwarded-host", "o.example, inner"), ("x-forwarded-port", "81")],
                "http://o.example:81/r/s",
            ),
            (
                vec![
                    host,
                    ("x-forwarded-proto", "https"),
                    ("x-forwarded-host", "o.example"),
                    ("x-forwarded-port", "443"),
                ],
                "https://o.example/r/s",
            ),
            (vec![host, ("x-forwarded-host", "o.example:82"), ("x-forwarded-port", "81")], "http://o.example:82/r/s"),
            (vec![host, ("x-forwarded-proto", "javascript"), ("x-forwarded-host", "a b")], "http://inside:80/r/s"),
        ] {
            assert_eq!(behind_proxy(&headers), expected, "{headers:?}");
        }
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
        for bad in ["o.example", "ftp://o.example", "https://o.example/?x", "https://me@o.example/", "https://"] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
