//! What several commands are asked for in the same words.

use std::time::Duration;

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use crate::app::{duration, safe};
use crate::client::{Http, HttpOptions};
use crate::wsdl::model::Port;

/// What LOCATION is, for the help of a command.
pub(crate) const LOCATION: &str = "URL or file of a WSDL, or the URL of an endpoint";

/// Which service is meant, and how it is reached.
#[derive(Clone, Debug, Args)]
pub(crate) struct ServiceOptions {
    /// Calls go there, in place of the address in the WSDL
    #[arg(long, value_name = "URL", help_heading = "Service")]
    pub(crate) endpoint: Option<String>,

    /// The service, if the WSDL has several
    #[arg(long, value_name = "NAME", help_heading = "Service")]
    pub(crate) service: Option<String>,

    /// The port, if the service has several; without it, the first one for SOAP 1.1
    #[arg(long, value_name = "NAME", help_heading = "Service")]
    pub(crate) port: Option<String>,

    #[command(flatten)]
    pub(crate) time: TimeOptions,
}

/// How long is waited.
#[derive(Clone, Debug, Args)]
pub(crate) struct TimeOptions {
    /// How long one exchange with the service may take
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration, help_heading = "Service")]
    pub(crate) timeout: Duration,
}

impl TimeOptions {
    pub(crate) fn http(&self) -> HttpOptions {
        HttpOptions { timeout: self.timeout, ..HttpOptions::default() }
    }
}

impl ServiceOptions {
    /// Where the port is.
    pub(crate) fn address<'a>(&'a self, port: &'a Port) -> &'a str {
        self.endpoint.as_deref().unwrap_or(&port.address)
    }

    /// Says where calls go if that is another host than the one of the WSDL, which is all that the user has named:
    /// a session token goes there as well.
    pub(crate) fn tell_other_host(&self, location: &str, port: &Port, console: &Console) {
        let address = self.address(port);
        if self.endpoint.is_none() && is_other_host(location, address) {
            console.note(&format!("calls go to {}, as the WSDL says; choose with --endpoint", safe(address)));
        }
    }

    /// The way to the port.
    pub(crate) fn transport(&self, port: &Port) -> Result<Http, Failure> {
        let address = self.address(port);
        if address.is_empty() {
            let sentence = format!("the WSDL says no address for the port `{}`; give one with --endpoint", port.name);
            return Err(Failure::usage(sentence));
        }
        Http::new(address, self.time.http()).map_err(|error| Failure::usage(error.to_string()))
    }
}

/// A WSDL in a file names no host, and all names of this machine are one.
fn is_other_host(location: &str, address: &str) -> bool {
    let host = |url: &str| {
        let url = url::Url::parse(url).ok()?;
        Some(match url.host()? {
            url::Host::Domain("localhost") => "localhost".to_owned(),
            url::Host::Ipv4(ip) if ip.is_loopback() => "localhost".to_owned(),
            url::Host::Ipv6(ip) if ip.is_loopback() => "localhost".to_owned(),
            host => host.to_string(),
        })
    };
    matches!((host(location), host(address)), (Some(named), Some(other)) if named != other)
}

/// Where the login of the user comes from: never from the command line, which others can see.
#[derive(Clone, Debug, Args)]
pub(crate) struct SecretOptions {
    /// The environment variable with the session token
    #[arg(long, value_name = "NAME", default_value = "SOAP_SESSION_TOKEN", help_heading = "Arguments")]
    pub(crate) token_env: String,

    /// The environment variable with the extraParameters of the platform
    #[arg(long, value_name = "NAME", default_value = "SOAP_EXTRA_PARAMETERS", help_heading = "Arguments")]
    pub(crate) extra_env: String,
}

/// What the platform fills in by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Secrets {
    pub(crate) session_token: Option<String>,
    pub(crate) extra_parameters: Option<String>,
}

impl SecretOptions {
    /// What is in the environment; the console does not say the token from now on.
    pub(crate) fn read(&self, console: &Console) -> Result<Secrets, Failure> {
        let session_token = from_environment(&self.token_env)?;
        session_token.iter().for_each(|token| console.hide(token));
        Ok(Secrets { session_token, extra_parameters: from_environment(&self.extra_env)? })
    }
}

/// An empty variable is none, as env files leave it.
fn from_environment(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Failure::usage(format!("`{name}` is not in UTF-8"))),
    }
}

#[cfg(test)]
mod tests {
    use super::is_other_host;

    #[test]
    fn another_host_is_told_from_the_same_one() {
        for (location, address, is_other) in [
            ("http://a.example/s?wsdl", "http://a.example:81/s", false),
            ("http://a.example/s?wsdl", "https://b.example/s", true),
            ("http://a.example/s?wsdl", "http://a.example@b.example/s", true),
            ("http://localhost/s?wsdl", "http://127.0.0.1:9/s", false),
            ("http://a.example/s?wsdl", "http://localhost/s", true),
            ("wsdl/s.wsdl", "http://a.example/s", false),
            ("file:///tmp/s.wsdl", "http://a.example/s", false),
            ("http://a.example/s?wsdl", "no URL", false),
        ] {
            assert_eq!(is_other_host(location, address), is_other, "{location} {address}");
        }
    }
}
