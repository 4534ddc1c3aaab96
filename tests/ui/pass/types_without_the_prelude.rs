//! Expansions of types name everything from the root.

#![no_implicit_prelude]
#![allow(dead_code)]

/// What an expansion must not pick up in place of what it means.
mod soap_runtime {}
mod std {}
mod core {}

use ::std::string::String;

/// A type called like others that expansions mean.
#[derive(::soap_runtime::SoapType)]
struct Option {
    #[soap(attribute)]
    slots: String,
    #[soap(min = 1, default = element())]
    element: u8,
    #[soap(flatten)]
    writer: Result,
    #[soap(flatten)]
    tag: ::std::option::Option<Result>,
    #[soap(skip)]
    child: u8,
}

fn element() -> u8 {
    7
}

#[derive(::soap_runtime::SoapType)]
enum Result {
    Ok(Vec),
    Err { child: String, #[soap(attribute)] value: u8 },
    None,
}

#[derive(::soap_runtime::SoapType)]
#[soap(max = 9)]
struct Vec(u8);

#[derive(::soap_runtime::SoapType)]
enum Some {
    Read,
    Default,
}

#[derive(::soap_runtime::SoapType)]
struct Send {
    #[soap(text)]
    text: Some,
    #[soap(attribute)]
    content: ::std::option::Option<Vec>,
}

#[derive(::soap_runtime::SoapType)]
struct Sized<T> {
    #[soap(extends)]
    base: Base,
    items: ::std::vec::Vec<T>,
}

#[derive(::soap_runtime::SoapType)]
struct Base {
    base: u8,
}

#[derive(::soap_runtime::SoapType)]
#[soap(xsi_type)]
enum Fields {
    Base(Base),
    Sized(Sized<u8>),
}

fn main() {}
