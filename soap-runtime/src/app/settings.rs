//! The settings: an environment variable and a flag of the same name for each.

use std::str::FromStr;
use std::time::Duration;

use bytesize::ByteSize;
use clap::Parser;
use ipnet::IpNet;
use jiff::{SignedDuration, Span, SpanRelativeTo};

use super::job_settings::JobFlags;
use crate::http::{DEFAULT_LISTEN, HttpSettings, PublicUrl, ServerSettings, address_at, parse_context_root};
use crate::xml::Limits;

/// What can be set. The doc comments are the texts of `--help`.
#[derive(Clone, Debug, Parser)]
#[command(about = "Serves SOAP services; each setting is an environment variable and a flag", long_about = None)]
pub(super) struct Settings {
    /// Path that all services are below, as the host routes it here
    #[arg(long, env, global = true, value_name = "PATH", default_value = "", value_parser = parse_context_root)]
    pub(super) context_root: String,

    /// Address and port to listen on; containers use 0.0.0.0:80
    #[arg(long, env, global = true, value_name = "HOST:PORT", default_value = DEFAULT_LISTEN)]
    pub(super) listen: String,

    /// URL of this server as the outside sees it; without it, requests tell
    #[arg(long, env, global = true, value_name = "URL", default_value = "", hide_default_value = true)]
    public_url: Optional<PublicUrl>,

    /// Networks of proxies whose X-Forwarded-… headers are believed, separated by commas
    #[arg(long, env, global = true, value_name = "CIDR,…", default_value = "", hide_default_value = true, value_parser = networks)]
    trusted_proxies: Networks,

    /// Longest request body, also when unpacked
    #[arg(long, env, global = true, value_name = "SIZE", default_value = "2MiB")]
    max_body: ByteSize,

    /// Most bytes of files beside one message (MTOM); they go to the temporary folder, TMPDIR
    #[arg(long, env, global = true, value_name = "SIZE", default_value = "256MiB")]
    max_attachments: ByteSize,

    /// Longest text of one element; without it, as long as the body
    #[arg(long, env, global = true, value_name = "SIZE", default_value = "", hide_default_value = true)]
    max_text: Optional<ByteSize>,

    /// Deepest nesting of elements
    #[arg(long, env, global = true, value_name = "LEVELS", default_value_t = Limits::default().depth)]
    max_depth: usize,

    /// Most attributes on one element
    #[arg(long, env, global = true, value_name = "COUNT", default_value_t = Limits::default().attributes)]
    max_attributes: usize,

    /// Whether answers are compressed with gzip for callers that ask for it
    #[arg(long, env, global = true, value_name = "WORD", default_value = "on")]
    gzip: Switch,

    /// Most connections at once; more wait
    #[arg(long, env, global = true, value_name = "COUNT", default_value_t = 1024, value_parser = connections)]
    max_connections: usize,

    /// Longest time for the body of a request to arrive
    #[arg(long, env, global = true, value_name = "TIME", default_value = "60s", value_parser = duration)]
    read_timeout: Duration,

    /// Longest time for the headers of a request, and for a connection to idle
    #[arg(long, env, global = true, value_name = "TIME", default_value = "30s", value_parser = duration)]
    header_timeout: Duration,

    /// Longest time that a caller may take nothing of its answer
    #[arg(long, env, global = true, value_name = "TIME", default_value = "60s", value_parser = duration)]
    write_timeout: Duration,

    /// Longest time for open calls to end when the server is stopped
    #[arg(long, env, global = true, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(super) shutdown_timeout: Duration,

    /// How long calls are still taken when the server is stopped, while /ready says no
    #[arg(long, env, global = true, value_name = "TIME", default_value = "0s", value_parser = any_duration)]
    pub(super) drain_time: Duration,

    /// What to log: error, warn, info, debug, trace, or directives such as `info,my_service=debug`
    #[arg(long, env, global = true, value_name = "LEVEL", default_value = "info")]
    pub(super) log: String,

    /// How to log it
    #[arg(long, env, global = true, value_name = "FORM", default_value = "text")]
    pub(super) log_format: LogFormat,

    #[command(flatten)]
    pub(super) jobs: JobFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people
    Text,
    /// One JSON object per line
    Json,
}

impl Settings {
    pub(super) fn http(&self) -> HttpSettings {
        HttpSettings {
            context_root: self.context_root.clone(),
            public_url: self.public_url.0.clone(),
            trusted_proxies: self.trusted_proxies.0.clone(),
            max_body: bytes(self.max_body),
            max_attachments: self.max_attachments.as_u64(),
            read_timeout: self.read_timeout,
            gzip: self.gzip == Switch::On,
            limits: Limits {
                depth: self.max_depth,
                attributes: self.max_attributes,
                text: self.max_text.0.map_or(usize::MAX, bytes),
            },
        }
    }

    pub(super) fn server(&self) -> ServerSettings {
        ServerSettings {
            max_connections: self.max_connections,
            header_timeout: self.header_timeout,
            write_timeout: self.write_timeout,
            shutdown_timeout: self.shutdown_timeout,
        }
    }

    /// The address of what is at `path` when the server listens at `listening`.
    pub(super) fn address(&self, listening: &str, path: &str) -> String {
        address_at(listening, self.public_url.0.as_ref(), &self.context_root, path)
    }
}

pub(super) fn bytes(size: ByteSize) -> usize {
    usize::try_from(size.as_u64()).unwrap_or(usize::MAX)
}

/// A setting that an empty value leaves unset, as `env` files do.
#[derive(Clone, Debug)]
pub(super) struct Optional<T>(pub(super) Option<T>);

impl<T: FromStr> FromStr for Optional<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        if text.is_empty() { Ok(Self(None)) } else { text.parse().map(|value| Self(Some(value))) }
    }
}

#[derive(Clone, Debug)]
struct Networks(Vec<IpNet>);

/// `10.0.0.0/8,127.0.0.1`: a single address is a network of one.
fn networks(text: &str) -> Result<Networks, String> {
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let parsed = entries.map(|entry| {
        let network = entry.parse().or_else(|_| entry.parse().map(|address: std::net::IpAddr| address.into()));
        network.map_err(|_| format!("`{entry}` is neither an address nor a network such as 10.0.0.0/8"))
    });
    parsed.collect::<Result<_, _>>().map(Networks)
}

fn connections(text: &str) -> Result<usize, String> {
    const MOST: usize = tokio::sync::Semaphore::MAX_PERMITS;
    match text.parse() {
        Ok(count) if (1..=MOST).contains(&count) => Ok(count),
        _ => Err(format!("a whole number from 1 to {MOST} is wanted")),
    }
}

/// `30s`, `5m`, `1h30m`, `7d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "a time such as 30s, 5m, 1h30m or 7d is wanted, of a year at most".to_owned();
    time(text).filter(|duration| !duration.is_zero()).ok_or_else(wrong)
}

/// The same, and no time at all.
pub(crate) fn any_duration(text: &str) -> Result<Duration, String> {
    time(text).ok_or_else(|| "a time such as 0s, 30s, 5m, 1h30m or 7d is wanted, of a year at most".to_owned())
}

fn time(text: &str) -> Option<Duration> {
    /// A deadline further away is beyond what clocks can tell.
    const MOST: Duration = Duration::from_secs(366 * 24 * 3600);
    let span: Span = text.parse().ok()?;
    let duration: SignedDuration = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(duration).ok().filter(|duration| *duration <= MOST)
}

/// A time that a setting of its own type can be left out of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time(pub(super) Duration);

impl FromStr for Time {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        duration(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_addresses_or_networks() {
        let parsed = networks("10.0.0.0/8, 127.0.0.1,::1/128,").expect("all are right");
        assert_eq!(parsed.0.len(), 3);
        assert!(networks("10.0.0.0/8,nginx").expect_err("a name is none").contains("`nginx`"));
    }

    #[test]
    fn times_have_units() {
        assert_eq!(duration("1m30s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1d 30m"), Ok(Duration::from_secs(88_200)));
        assert_eq!(any_duration("0s"), Ok(Duration::ZERO));
        for bad in ["", "5", "0s", "-5s", "soon", "1 month", "2000000000000000h", "9000000000000000000s"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
