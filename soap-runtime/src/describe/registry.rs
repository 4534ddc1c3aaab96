//! Which services a program has: each is registered where it is written, and found without being named.
//!
//! Build scripts live on this, which have nothing but a module of services. What a program publishes is
//! said by its author all the same.

use super::{DescriptionError, ServiceDescription};

/// A service of this program, published or not.
#[derive(Debug)]
pub struct Registered {
    describe: Describe,
    module: &'static str,
    type_name: fn() -> &'static str,
}

/// Functions are all that can be had before the program runs.
type Describe = fn() -> Result<ServiceDescription, DescriptionError>;

inventory::collect!(Registered);

impl Registered {
    /// A service that is written in `module`, of the type that is called so.
    pub const fn new(describe: Describe, module: &'static str, type_name: fn() -> &'static str) -> Self {
        Self { describe, module, type_name }
    }

    /// All of them, in no order.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        inventory::iter::<Self>.into_iter()
    }

    /// What it is.
    ///
    /// # Errors
    /// If it cannot be published.
    pub fn description(&self) -> Result<ServiceDescription, DescriptionError> {
        (self.describe)()
    }

    /// The module that it is written in, `program::waiter`.
    pub fn module(&self) -> &'static str {
        self.module
    }

    /// The path of its type, `program::waiter::Waiter`.
    pub fn type_name(&self) -> &'static str {
        (self.type_name)()
    }
}

/// Registers the service of a type, wherever an item may stand.
#[doc(hidden)]
#[macro_export]
macro_rules! __register {
    ($service:ty) => {
        $crate::__private::inventory::submit! { $crate::__private::registered::<$service>(::core::module_path!()) }
    };
}
