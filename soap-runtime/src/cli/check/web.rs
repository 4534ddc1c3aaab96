//! What the web says about a WSDL and its address: asked once, judged later.

use futures_util::future::join_all;
use url::Url;

use crate::client::{Answer, Http, HttpOptions};

/// What was found at the addresses around a service.
#[derive(Debug, Default)]
pub(super) struct Web {
    /// Where the WSDL was fetched; none for a file.
    pub(super) fetched: Option<Url>,
    /// The address that stands in it.
    pub(super) address: String,
    /// The status of a GET there.
    pub(super) at_address: Option<Found>,
    /// The WSDL asked for in other ways.
    pub(super) variants: Vec<(Variant, Found)>,
    /// What may be the context root.
    pub(super) roots: Vec<(Url, Found)>,
}

/// An answer to GET or HEAD, or why there is none.
pub(super) type Found = Result<Answer, String>;

/// A way to ask for a WSDL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    Get(&'static str),
    Head,
}

const VARIANTS: [Variant; 5] =
    [Variant::Get("wsdl"), Variant::Get("WSDL"), Variant::Get("Wsdl"), Variant::Get("wsdl=1"), Variant::Head];

impl Web {
    pub(super) async fn look(fetched: Option<Url>, address: &str, options: &HttpOptions) -> Self {
        let at_address = get(address, options);
        let variants = join_all(
            fetched
                .iter()
                .filter(|url| asks_for_wsdl(url))
                .flat_map(|url| VARIANTS.map(|variant| async move { (variant, ask(url, variant, options).await) })),
        );
        let roots = join_all(parents(address).into_iter().map(|root| async move {
            let found = get(root.as_str(), options).await;
            (root, found)
        }));
        let (at_address, variants, roots) = tokio::join!(at_address, variants, roots);
        Self { fetched, address: address.to_owned(), at_address: Some(at_address), variants, roots }
    }
}

async fn ask(url: &Url, variant: Variant, options: &HttpOptions) -> Found {
    let mut url = url.clone();
    let Variant::Get(query) = variant else {
        let http = Http::new(url.as_str(), options.clone()).map_err(|error| error.to_string())?;
        return http.head().await.map_err(|error| error.to_string());
    };
    url.set_query(Some(query));
    get(url.as_str(), options).await
}

async fn get(url: &str, options: &HttpOptions) -> Found {
    let http = Http::new(url, options.clone()).map_err(|error| error.to_string())?;
    http.get().await.map(|fetched| fetched.answer).map_err(|error| error.to_string())
}

/// Whether the WSDL is at the endpoint, with a query.
pub(super) fn asks_for_wsdl(url: &Url) -> bool {
    url.query().is_some_and(|query| query.to_ascii_lowercase().starts_with("wsdl"))
}

/// `/root/` and `/root/waiter/` for `/root/waiter/Waiter`: one of them is the context root.
fn parents(address: &str) -> Vec<Url> {
    let Ok(mut url) = Url::parse(address) else { return Vec::new() };
    if url.cannot_be_a_base() {
        return Vec::new();
    }
    url.set_query(None);
    let mut parents = Vec::new();
    for _ in 0..2 {
        let path = url.path().trim_end_matches('/').to_owned();
        let Some((parent, _)) = path.rsplit_once('/') else { break };
        url.set_path(&format!("{parent}/"));
        parents.push(url.clone());
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_root_is_above_the_endpoint() {
        for (address, expected) in [
            (
                "http://h/sintef/services/waiter/Waiter",
                vec!["http://h/sintef/services/waiter/", "http://h/sintef/services/"],
            ),
            ("http://h/project-waiter/Waiter?x", vec!["http://h/project-waiter/", "http://h/"]),
            ("http://h/Waiter/", vec!["http://h/"]),
            ("http://h/", vec![]),
            ("no URL", vec![]),
        ] {
            let found: Vec<_> = parents(address).into_iter().map(String::from).collect();
            assert_eq!(found, expected, "{address}");
        }
    }
}
