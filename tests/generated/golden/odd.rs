// warning: `elsewhere` of `odd-service` is left out: its request is in namespace `urn:odd:other`, and those of the others are in `urn:odd`
// warning: `old` of `odd-service` is left out: it is in SOAP encoding (`use="encoded"`), which came before WS-I Basic Profile 1.0 and is not spoken here
// warning: `extra` in `Order`: any XML: it may hold any elements
// warning: the attribute `{http://www.w3.org/XML/1998/namespace}lang` of `Order` is passed over
// warning: `ghost` in `Draw`: any XML: `Ghost` is abstract, and nothing extends it
// Generated from `odd.wsdl` by soap_runtime::build::client.

use soap_runtime::jiff::Span;
use soap_runtime::jiff::civil::{Date, DateTime};
use soap_runtime::rust_decimal::Decimal;
use soap_runtime::{
    AnyXml, Fault, GYear, Nillable, SoapOutput, SoapType, WithOffset, soap_service,
};

/// Where the WSDL says that `OddService` is.
pub const ADDRESS: &str = "http://localhost:8080/odd";

#[soap_service(name = "odd-service", path = "/odd", namespace = "urn:odd", foreign)]
pub trait OddService {
    /// Orders something.
    ///
    /// Declared fault: `Refused`, whose detail is the element `Refused`, a `Refused`.
    #[operation(
        name = "PlaceOrder",
        request = "order",
        response = "receipt",
        bare,
        action = "urn:odd/PlaceOrder"
    )]
    async fn place_order(&self, order: Order) -> Result<Receipt, Fault>;
    #[operation]
    async fn draw(
        &self,
        #[soap(header)]
        session: Option<String>,
        r#type: String,
        self_: i32,
        shape: Vec<AnyShape>,
        #[soap(namespace = "urn:odd:other")]
        canvas: Option<Canvas>,
        anything: Option<AnyXml>,
        /// Default: `50`.
        #[soap(name = "a-b.c")]
        a_b_c: Percent,
        #[soap(name = "A_B_C", max_length = 5, pattern = "[a-z\"]*")]
        a_b_c2: String,
    ) -> Result<DrawOutput, Fault>;
    /// Nobody answers.
    #[operation(one_way, action = "")]
    async fn forget(&self, until: WithOffset<Date>) -> Result<(), Fault>;
}

/// What somebody wants, \[Order\] or \`order\` \*/ with \<b\>tags\</b\>.
///
/// let code = that\_must\_not\_be\_compiled();
///
/// \`\`\`
/// panic!()
/// \`\`\`
/// See <http://example.org/orders_of_old>.
///
/// Its attribute `{http://www.w3.org/XML/1998/namespace}lang` is passed over, for it has a namespace.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub struct Order {
    #[soap(name = "Item")]
    pub item: Vec<OrderItem>,
    #[soap(flatten)]
    pub choice: Option<OrderChoice>,
    #[soap(flatten)]
    pub choice2: Vec<OrderChoice2>,
    /// A list with spaces between its items, of the type `NMTOKEN`.
    pub tags: String,
    /// A text that is of the type `date`, or of the type `dateTime`.
    pub when: Option<String>,
    /// Any XML: it may hold any elements.
    pub extra: Option<AnyXml>,
    pub replaces: Option<Box<Order>>,
    #[soap(attribute)]
    pub id: i64,
    #[soap(attribute, default = 3)]
    pub retries: u8,
    #[soap(attribute, default = State::InProgress)]
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
pub struct OrderItem {
    #[soap(text)]
    pub value: Decimal,
    #[soap(attribute)]
    pub unit: Unit,
    #[soap(attribute)]
    pub class: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
pub enum Unit {
    #[soap(name = "kg")]
    Kg,
    #[soap(name = "m")]
    M,
}

/// One of several elements.
#[derive(Clone, Debug, PartialEq, SoapType)]
pub enum OrderChoice {
    #[soap(name = "card")]
    Card(CardNumber),
    #[soap(name = "invoice")]
    Invoice(Address),
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(pattern = "[0-9]{4,19}")]
pub struct CardNumber(pub String);

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct Address {
    pub street: Option<String>,
    pub town: Option<String>,
    pub r#box: Option<i32>,
}

/// One of several elements.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(name = "OrderChoice")]
pub enum OrderChoice2 {
    #[soap(name = "note")]
    Note(String),
    #[soap(name = "flag")]
    Flag(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
pub enum State {
    /// The first \*state\*.
    #[soap(name = "1st")]
    Value1st,
    #[soap(name = "in progress")]
    InProgress,
    #[soap(name = "")]
    Empty,
    #[soap(name = "Self")]
    Self_,
    #[soap(name = "done")]
    Done,
    #[soap(name = "Done")]
    Done2,
    #[soap(name = "+")]
    Value,
    #[soap(name = "-")]
    Value2,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(name = "receipt")]
pub enum Receipt {
    #[soap(name = "number")]
    Number(u32),
    #[soap(name = "refusal")]
    Refusal(ReceiptRefusal),
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "receiptRefusal")]
pub struct ReceiptRefusal {
    /// At most 3 of them.
    pub reason: Vec<String>,
    #[soap(attribute, default = true)]
    pub r#final: bool,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct Refused {
    pub why: String,
}

/// `Shape`, or what extends it.
#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(xsi_type(Shape))]
pub enum AnyShape {
    Circle(Circle),
    Group(Group),
    Ring(Ring),
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(abstract)]
pub struct Shape {
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct Circle {
    #[soap(extends)]
    pub base: Shape,
    pub radius: f64,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct Group {
    #[soap(extends)]
    pub base: Shape,
    pub first: Option<Box<AnyShape>>,
    pub members: Vec<AnyShape>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct Ring {
    #[soap(extends)]
    pub base: Circle,
    pub inner: f32,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(namespace = "urn:odd:other")]
pub struct Canvas {
    #[soap(namespace = "")]
    pub width: u128,
    pub height: u128,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(min = 0, max = 100)]
pub struct Percent(pub i32);

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct Node {
    pub left: Option<Box<Node>>,
    pub right: Option<Box<Node>>,
    #[soap(name = "Option")]
    pub option: Option<Option2>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "Option")]
pub struct Option2 {
    pub r#fn: String,
    #[soap(name = "Fn")]
    pub fn2: String,
}

/// The outputs of `draw`.
#[derive(Clone, Debug, Default, SoapOutput)]
pub struct DrawOutput {
    pub picture: Vec<u8>,
    pub took: Span,
    pub at: Nillable<WithOffset<DateTime>>,
    pub tree: Option<Node>,
    pub levels: Vec<u16>,
    /// Any XML: `Ghost` is abstract, and nothing extends it.
    pub ghost: Option<AnyXml>,
    /// Its pattern is `20..`.
    ///
    /// At most 4 of them.
    pub years: Vec<Option<WithOffset<GYear>>>,
}
