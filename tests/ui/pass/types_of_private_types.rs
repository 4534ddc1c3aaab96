//! What a type is made of may be more private than the type, and no expansion is warned of.

#![deny(warnings, unreachable_pub, rust_2018_idioms)]
#![allow(dead_code)]

pub mod shop {
    use soap_runtime::SoapType;

    #[derive(SoapType)]
    struct Line {
        item: String,
    }

    #[derive(SoapType)]
    struct Address {
        street: String,
    }

    #[derive(SoapType)]
    enum Payment {
        Card(Line),
        Cash,
    }

    #[derive(SoapType)]
    #[soap(max = 100)]
    struct Percent(u8);

    #[derive(SoapType)]
    pub struct Discount(Percent);

    #[derive(SoapType)]
    pub struct Order<T> {

        #[soap(extends)]
        address: Address,
        lines: Vec<Line>,
        #[soap(flatten)]
        payment: Option<Payment>,
        #[soap(min = 1, default = 3)]
        count: u8,
        #[soap(below = 50)]
        discount: Option<Discount>,
        #[soap(attribute)]
        r#type: Option<String>,
        rest: Vec<T>,
        #[soap(skip)]
        marker: std::marker::PhantomData<T>,
    }

    /// More fields than a tuple has a default for.
    #[derive(SoapType)]
    pub(crate) struct Many {
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        #[soap(flatten)]
        line: Line,
        #[soap(default)]
        m: Option<u8>,
    }
}

fn main() {}
