//! What a browser gets to see: the documentation of a service, and the list of services.
//!
//! Pages come from a description alone, need nothing from elsewhere, and are escaped by askama.
//! Their templates are in `templates/`.

mod documentation;
mod example;
mod landing;
mod markdown;
mod types;

pub(crate) use documentation::documentation;
pub(crate) use landing::landing;
