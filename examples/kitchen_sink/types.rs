//! The types of the kitchen sink: each shape that a derived type can have.

use std::collections::BTreeMap;

use soap_runtime::jiff::civil::Date;
use soap_runtime::rust_decimal::Decimal;
use soap_runtime::{Array, SoapFault, SoapType};

/// One of the colours that there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, SoapType)]
#[soap(rename_all = "kebab-case")]
pub(crate) enum Colour {
    /// As the sky at noon.
    #[default]
    Blue,
    /// As grass.
    Green,
    /// As the sea at night.
    DarkBlue,
}

/// A share of the whole, in percent.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(min = 0, max = 100)]
pub(crate) struct Percent(pub(crate) u8);

/// An amount to the cent.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(fraction_digits = 2)]
pub(crate) struct Cents(pub(crate) Decimal);

/// An amount of money.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Price {
    /// The currency, three letters.
    #[soap(attribute, pattern = "[A-Z]{3}")]
    pub(crate) currency: String,
    /// How much.
    #[soap(text)]
    pub(crate) amount: Cents,
}

/// Where somebody lives. Its namespace is that of another department.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(namespace = "urn:kitchen:people")]
pub(crate) struct Address {
    /// Street and number.
    pub(crate) street: String,
    /// The town.
    pub(crate) city: String,
    /// The country, two letters.
    #[soap(length = 2)]
    pub(crate) country: Option<String>,
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Line {
    /// What is ordered.
    #[soap(min_length = 1, max_length = 40)]
    pub(crate) article: String,
    /// How many of it.
    #[soap(min = 1, max = 1000)]
    pub(crate) count: u32,
    /// What one of it costs.
    pub(crate) price: Price,
}

/// How an order is paid: one of these.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(rename_all = "camelCase")]
pub(crate) enum Payment {
    /// At the door.
    Cash,
    /// By the number of a card.
    Card(#[soap(pattern = "[0-9]{12,19}", secret)] String),
    /// Later.
    Invoice {
        /// To whom.
        address: Address,
        /// Within how many days.
        days: u16,
    },
}

/// An order with its lines.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(rename_all = "camelCase")]
pub(crate) struct Order {
    /// The number of the order.
    #[soap(attribute)]
    pub(crate) number: u64,
    /// Whether it cannot wait.
    #[soap(attribute, default = false)]
    pub(crate) urgent: bool,
    /// The day on which it was made.
    pub(crate) ordered_on: Date,
    /// Who ordered.
    pub(crate) customer: Address,
    /// What is ordered.
    pub(crate) lines: Vec<Line>,
    /// How the parcel is wrapped.
    #[soap(default)]
    pub(crate) colour: Colour,
    /// How it is paid.
    #[soap(flatten)]
    pub(crate) payment: Payment,
    /// Words to find it by, in order of weight.
    pub(crate) tags: Option<Array<String>>,
    /// What else is to be known.
    pub(crate) remarks: BTreeMap<String, String>,
}

/// A tree of names.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Node {
    /// The name of the node.
    pub(crate) name: String,
    /// A value, for some.
    pub(crate) value: Option<f64>,
    /// What is below it.
    pub(crate) children: Vec<Node>,
}

/// A part of a long list.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Page<T> {
    /// Where in the list it begins, from 0 on.
    pub(crate) start: u32,
    /// What is on it.
    pub(crate) items: Vec<T>,
}

/// Something with a place in the plane.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Shape {
    /// Its name.
    pub(crate) name: String,
    /// Where its middle is: x, y.
    pub(crate) middle: [f64; 2],
}

/// A shape that is round.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Circle {
    #[soap(extends)]
    pub(crate) shape: Shape,
    /// From the middle to the edge.
    #[soap(above = 0.0)]
    pub(crate) radius: f64,
}

/// A shape with four equal sides.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Square {
    #[soap(extends)]
    pub(crate) shape: Shape,
    /// The length of a side.
    #[soap(above = 0.0)]
    pub(crate) side: f64,
}

/// Any shape; `xsi:type` says which.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(xsi_type)]
pub(crate) enum AnyShape {
    Shape(Shape),
    Circle(Circle),
    Square(Square),
}

/// Who asks, in a header.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Session {
    /// The user's name.
    pub(crate) user: String,
    /// What the user may do.
    pub(crate) roles: Vec<String>,
}

/// What is wrong with an order.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub(crate) struct Refusal {
    /// The number of the order.
    pub(crate) order: u64,
    /// The lines that cannot be delivered.
    pub(crate) lines: Vec<Line>,
}

/// What an order can end with.
#[derive(Debug, thiserror::Error, SoapFault)]
#[soap(client)]
pub(crate) enum OrderError {
    /// There is nothing of it left.
    #[error("{article} is sold out")]
    SoldOut {
        /// What is sold out.
        article: String,
        /// When there will be some again.
        again_on: Option<Date>,
    },
    /// Some of it cannot be delivered.
    #[error("order {} is refused", .0.order)]
    OrderRefused(Refusal),
    /// The shop is closed.
    #[error("the shop is closed")]
    #[soap(server)]
    Closed,
}
