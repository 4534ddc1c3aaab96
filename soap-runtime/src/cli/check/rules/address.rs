//! Where the service says it is, and what is found there.

use url::{Host, Url};

use super::super::evidence::Evidence;
use super::super::judgement::{Finding, Judgement};
use super::super::web::{Found, Variant, asks_for_wsdl};

const PLACE: &str = "soap:address in the WSDL";

pub(super) fn address_reachable(evidence: &Evidence<'_>) -> Judgement {
    let web = &evidence.web;
    let what = match &web.at_address {
        None => return Judgement::NotChecked("nobody asked".to_owned()),
        Some(Err(why)) => why.clone(),
        // Those of a proxy behind which nobody is.
        Some(Ok(answer)) if matches!(answer.status, 502..=504) => {
            format!("{} answers with HTTP status {}", web.address, answer.status)
        }
        Some(Ok(_)) => return Judgement::Ok,
    };
    let mend = "start the service, or set the public address that it writes into its WSDL";
    Judgement::Found(vec![Finding::new(what, PLACE, mend)])
}

pub(super) fn address_outside(evidence: &Evidence<'_>) -> Judgement {
    let Some(fetched) = &evidence.web.fetched else {
        return Judgement::NotChecked("the WSDL is a file: give the URL at which the platform fetches it".to_owned());
    };
    let address = &evidence.web.address;
    let Ok(url) = Url::parse(address) else {
        return Judgement::Found(vec![Finding::new(
            format!("`{address}` is no URL"),
            PLACE,
            "write the whole URL of the endpoint, with scheme and host",
        )]);
    };
    let differences = [scheme(fetched, &url), host(fetched, &url), path(fetched, &url)];
    let mend = "let the service take host and scheme from the proxy's headers (Host, X-Forwarded-Proto, \
                X-Forwarded-Host, X-Forwarded-Port), or set its public address";
    let findings = differences.into_iter().flatten().map(|what| Finding::new(what, PLACE, mend));
    Judgement::of(findings.collect())
}

fn scheme(fetched: &Url, address: &Url) -> Option<String> {
    let (outside, said) = (fetched.scheme(), address.scheme());
    (outside != said).then(|| format!("the WSDL was fetched by {outside}, and its address is {said}: {address}"))
}

/// With its port; a port that follows from a wrong scheme is no news.
fn host(fetched: &Url, address: &Url) -> Option<String> {
    let same_scheme = fetched.scheme() == address.scheme();
    let same_port = !same_scheme || fetched.port_or_known_default() == address.port_or_known_default();
    let (outside, said) = (fetched.host()?, address.host()?);
    if (outside == said || (is_loopback(&outside) && is_loopback(&said))) && same_port {
        return None;
    }
    let [outside_name, said_name] = [fetched, address].map(|url| match url.port() {
        Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
        None => url.host_str().unwrap_or_default().to_owned(),
    });
    let kind = match (outside == said, is_loopback(&said), is_internal(&said)) {
        (false, true, _) => ", which is the caller's own machine to whoever reads it",
        (false, _, true) => ", which is an internal name",
        _ => "",
    };
    Some(format!("the WSDL was fetched from {outside_name}, and its address is at {said_name}{kind}"))
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost") || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback() || address.is_unspecified(),
        Host::Ipv6(address) => address.is_loopback() || address.is_unspecified(),
    }
}

/// A name without a dot, as containers have; an address of a private network.
fn is_internal(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => !name.contains('.') || name.ends_with(".local") || name.ends_with(".internal"),
        Host::Ipv4(address) => address.is_private(),
        Host::Ipv6(address) => address.is_unique_local(),
    }
}

/// Only where the WSDL is at the endpoint itself, both have to be in the same place.
fn path(fetched: &Url, address: &Url) -> Option<String> {
    let [outside, said] = [fetched, address].map(|url| url.path().trim_end_matches('/'));
    (asks_for_wsdl(fetched) && outside != said)
        .then(|| format!("the WSDL was fetched from the path {outside}, and its address has {said}"))
}

pub(super) fn wsdl_query(evidence: &Evidence<'_>) -> Judgement {
    let web = &evidence.web;
    if web.fetched.is_none() {
        return Judgement::NotChecked("the WSDL is a file: give the URL at which the platform fetches it".to_owned());
    }
    let missing = web.variants.iter().filter(|(variant, found)| !is_wsdl(*variant, found));
    let findings = missing.map(|(variant, found)| {
        let (place, mend) = match variant {
            Variant::Get(query) => {
                (format!("GET ?{query}"), "answer ?wsdl in any case of its letters, with a value or without")
            }
            Variant::Head => ("HEAD of the WSDL".to_owned(), "answer HEAD like GET, without the body"),
        };
        let what = match found {
            Ok(answer) if answer.status == 200 => "the answer is no WSDL".to_owned(),
            Ok(answer) => format!("the answer has HTTP status {}", answer.status),
            Err(why) => why.clone(),
        };
        let finding = Finding::new(what, place, mend);
        // The first two are what people write.
        if matches!(variant, Variant::Get("wsdl" | "WSDL")) { finding } else { finding.mild() }
    });
    match web.variants.is_empty() {
        true => Judgement::does_not_apply("the WSDL has a URL of its own"),
        false => Judgement::of(findings.collect()),
    }
}

fn is_wsdl(variant: Variant, found: &Found) -> bool {
    let holds = |body: &[u8]| body.windows(11).any(|part| part == b"definitions");
    found.as_ref().is_ok_and(|answer| answer.status == 200 && (variant == Variant::Head || holds(&answer.body)))
}

pub(super) fn context_root(evidence: &Evidence<'_>) -> Judgement {
    let roots = &evidence.web.roots;
    let Some((last, found)) = roots.last() else {
        return Judgement::does_not_apply("the address has no path above the endpoint");
    };
    if roots.iter().any(|(_, found)| found.as_ref().is_ok_and(|answer| answer.status == 200)) {
        return Judgement::Ok;
    }
    let what = match found {
        Ok(answer) => format!("the answer has HTTP status {}", answer.status),
        Err(why) => why.clone(),
    };
    let mend = "answer GET on the context root with 200: the host asks there whether the service lives";
    Judgement::Found(vec![Finding::new(what, format!("GET {}", last.path()), mend)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_right_if_it_is_where_the_wsdl_came_from() {
        for (fetched, address, expected) in [
            ("http://a.example/r/Waiter?wsdl", "http://a.example/r/Waiter", None),
            ("http://a.example/r/Waiter?WSDL=1", "http://a.example:80/r/Waiter/", None),
            ("http://localhost:8080/W?wsdl", "http://127.0.0.1:8080/W", None),
            ("http://a.example/waiter.wsdl", "http://a.example/r/Waiter", None),
            ("https://a.example/W?wsdl", "http://a.example/W", Some("fetched by https, and its address is http")),
            ("https://a.example/W?wsdl", "https://localhost/W", Some("the caller's own machine")),
            ("https://a.example/W?wsdl", "https://waiter/W", Some("an internal name")),
            ("https://a.example/W?wsdl", "https://10.0.0.2/W", Some("an internal name")),
            ("https://a.example/W?wsdl", "https://b.example/W", Some("its address is at b.example")),
            ("https://a.example/W?wsdl", "https://a.example:8443/W", Some("its address is at a.example:8443")),
            ("https://a.example/r/W?wsdl", "https://a.example/W", Some("from the path /r/W, and its address has /W")),
        ] {
            let [fetched, address] = [fetched, address].map(|url| Url::parse(url).expect("a URL"));
            let found: Vec<_> = [scheme(&fetched, &address), host(&fetched, &address), path(&fetched, &address)]
                .into_iter()
                .flatten()
                .collect();
            match expected {
                None => assert_eq!(found, [""; 0], "{fetched} {address}"),
                Some(part) => assert!(found.len() == 1 && found[0].contains(part), "{fetched} {address}: {found:?}"),
            }
        }
    }
}
