//! Programs behind a real nginx, with the configuration that the chapter on proxies shows: addresses that are
//! right outside, whoever asks and whatever was asked before, and calls that come through.

mod addresses;
mod calls;
mod nginx;
mod programs;
mod strangers;

use nginx::{INNER, Nginx, chapter};
use programs::Program;

/// Two services, as the chapter has them.
struct Site {
    nginx: Nginx,
    waiter: Program,
    calculator: Program,
}

impl Site {
    /// With what is set for both services.
    fn start(settings: &[(&str, &str)]) -> Option<Self> {
        Self::with(settings, |config| config)
    }

    /// With a configuration that is changed, and another nginx within the same.
    fn with(settings: &[(&str, &str)], change: impl Fn(String) -> String) -> Option<Self> {
        let (waiter, calculator) = (Program::waiter(settings), Program::calculator(settings));
        let config = chapter(0).replace("127.0.0.1:8081", &waiter.address());
        let config = config.replace("127.0.0.1:8082", &calculator.address());
        Some(Self { nginx: Nginx::start(&change(config))?, waiter, calculator })
    }

    /// One that believes its nginx.
    fn trusting() -> Option<Self> {
        Self::start(&[("TRUSTED_PROXIES", INNER)])
    }
}
