//! What requests, and the proxies that they come through, say of hosts.
//!
//! Whom to believe is known to `address`, whose tests are those of this module as well.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::Request;
use axum::http::{HeaderMap, header};

/// Whether a request names more than one host, which RFC 9112 §3.2 has refused: of two programs on its way one
/// may look at the first and one at the last.
pub(super) fn names_several_hosts(headers: &HeaderMap) -> bool {
    headers.get_all(header::HOST).iter().nth(1).is_some()
}

/// A URL in the first line wins over the header (RFC 9112 §3.2.2).
pub(super) fn named_host(request: &Request) -> Option<&str> {
    let in_line = request.uri().authority().map(|authority| authority.as_str());
    in_line.or_else(|| request.headers().get(header::HOST)?.to_str().ok())
}

/// Scheme, host and port as so many trusted proxies say them, with `host` if they name none.
pub(super) fn origin(headers: &HeaderMap, host: &str, proxies: usize) -> String {
    let said = |name| said_by(headers, name, proxies);
    let is_https = said("x-forwarded-proto").is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
    let (scheme, default_port) = if is_https { ("https", 443) } else { ("http", 80) };
    let host = said("x-forwarded-host").filter(|host| is_host(host)).unwrap_or(host);
    let port = said("x-forwarded-port").and_then(|port| port.parse::<u16>().ok()).filter(|&port| port != 0);
    match port.filter(|&port| port != default_port && split_port(host).1.is_none()) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    }
}

/// What the outermost of so many proxies says. A proxy adds to the end of a list, so what is before its entry came from
/// outside; one that sets the header anew, or does not know it, leaves a shorter list.
fn said_by<'h>(headers: &'h HeaderMap, name: &str, proxies: usize) -> Option<&'h str> {
    entries(headers, name).rev().take(proxies).last()
}

/// The entries of a header that may be a list, in one line or in several.
pub(super) fn entries<'h>(headers: &'h HeaderMap, name: &str) -> impl DoubleEndedIterator<Item = &'h str> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|entry| !entry.is_empty())
}

/// `10.1.2.3`, or with a port as some proxies write it.
pub(super) fn ip_of(entry: &str) -> Option<IpAddr> {
    entry.parse().ok().or_else(|| Some(entry.parse::<SocketAddr>().ok()?.ip()))
}

/// A name or an IP address, with a port or without: nothing else gets into an address.
pub(super) fn is_host(text: &str) -> bool {
    let (host, port) = split_port(text);
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port != 0);
    let is_name = |name: &str| {
        name.bytes().any(|byte| byte.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
    };
    let is_ipv6 = |host: &str| {
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        bare.is_some_and(|bare| bare.parse::<Ipv6Addr>().is_ok())
    };
    text.len() <= 255 && (is_name(host) || is_ipv6(host)) && port.is_none_or(is_port)
}

/// The colons of an IPv6 address are within its brackets.
fn split_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    }
}
