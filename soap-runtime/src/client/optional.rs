//! Arguments that may be left out, as callers write them.

/// What the methods of a client take for an `Option<String>`: a text, or an `Option` of one.
///
/// Of other types `Into` makes an `Option`, but there is none of a `&str`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value for an argument `Option<{T}>`",
    label = "neither a `{T}` nor an `Option` of it",
    note = "`None` leaves it out"
)]
pub trait Optional<T> {
    /// The value, or `None` if the argument is left out.
    fn optional(self) -> Option<T>;
}

impl<T> Optional<T> for T {
    fn optional(self) -> Option<T> {
        Some(self)
    }
}

impl<T> Optional<T> for Option<T> {
    fn optional(self) -> Self {
        self
    }
}

impl Optional<String> for &str {
    fn optional(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Optional<String> for &String {
    fn optional(self) -> Option<String> {
        Some(self.clone())
    }
}
