//! The service with all types, styles, headers and faults.

use std::collections::BTreeMap;
use std::sync::Mutex;

use soap_runtime::jiff::civil::{Date, DateTime, Time};
use soap_runtime::jiff::{Span, Timestamp};
use soap_runtime::num_bigint::BigInt;
use soap_runtime::rust_decimal::Decimal;
use soap_runtime::url::Url;
use soap_runtime::{AnyXml, Array, Attachment, HexBinary, Nillable, WithHeaders, WithOffset, soap_service};

use super::types::{AnyShape, Colour, Line, Node, Order, OrderError, Page, Payment, Percent, Price, Refusal, Session};

/// Sends back what comes.
#[derive(Default)]
pub(crate) struct KitchenSink {
    /// What the last one-way message said.
    told: Mutex<String>,
}

#[soap_service(path = "/kitchen/Sink", namespace = "urn:kitchen", soap12, client)]
impl KitchenSink {
    /// Takes nothing and gives nothing.
    #[operation]
    fn echo_void(&self) {}

    #[operation(outputs(value))]
    fn echo_string(&self, value: String) -> String {
        value
    }

    #[operation(outputs(value))]
    fn echo_boolean(&self, value: bool) -> bool {
        value
    }

    #[operation(outputs(value))]
    fn echo_int(&self, value: i32) -> i32 {
        value
    }

    #[operation(outputs(value))]
    fn echo_unsigned_long(&self, value: u64) -> u64 {
        value
    }

    #[operation(outputs(value))]
    fn echo_integer(&self, value: BigInt) -> BigInt {
        value
    }

    #[operation(outputs(value))]
    fn echo_decimal(&self, value: Decimal) -> Decimal {
        value
    }

    #[operation(outputs(value))]
    fn echo_float(&self, value: f32) -> f32 {
        value
    }

    #[operation(outputs(value))]
    fn echo_double(&self, value: f64) -> f64 {
        value
    }

    #[operation(outputs(value))]
    fn echo_date(&self, value: Date) -> Date {
        value
    }

    #[operation(outputs(value))]
    fn echo_time(&self, value: Time) -> Time {
        value
    }

    #[operation(outputs(value))]
    fn echo_date_time(&self, value: WithOffset<DateTime>) -> WithOffset<DateTime> {
        value
    }

    #[operation(outputs(value))]
    fn echo_instant(&self, value: Timestamp) -> Timestamp {
        value
    }

    #[operation(outputs(value))]
    fn echo_duration(&self, value: Span) -> Span {
        value
    }

    #[operation(outputs(value))]
    fn echo_uri(&self, value: Url) -> Url {
        value
    }

    #[operation(outputs(value))]
    fn echo_base64(&self, value: Vec<u8>) -> Vec<u8> {
        value
    }

    #[operation(outputs(value))]
    fn echo_hex(&self, value: HexBinary) -> HexBinary {
        value
    }

    /// A file of any size, in the message or beside it.
    #[operation(outputs(value))]
    fn echo_file(&self, value: Attachment) -> Attachment {
        value
    }

    #[operation(outputs(value))]
    fn echo_optional(&self, value: Option<String>) -> Option<String> {
        value
    }

    #[operation(outputs(value))]
    fn echo_nillable(&self, value: Nillable<i32>) -> Nillable<i32> {
        value
    }

    /// A default that is not left out on the way back.
    #[operation(outputs(value))]
    fn echo_default(&self, #[soap(default = 300)] value: u32) -> u32 {
        value
    }

    #[operation(outputs(values))]
    fn echo_strings(&self, values: Vec<String>) -> Vec<String> {
        values
    }

    /// A list with holes.
    #[operation(outputs(values))]
    fn echo_holes(&self, values: Vec<Option<i32>>) -> Vec<Option<i32>> {
        values
    }

    /// A list in an element of its own, which may be missing or empty.
    #[operation(outputs(values))]
    fn echo_array(&self, values: Option<Array<i64>>) -> Option<Array<i64>> {
        values
    }

    /// Rows of numbers.
    #[operation(outputs(rows))]
    fn echo_matrix(&self, rows: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        rows
    }

    #[operation(outputs(map))]
    fn echo_map(&self, map: BTreeMap<String, i32>) -> BTreeMap<String, i32> {
        map
    }

    #[operation(outputs(colour))]
    fn echo_colour(&self, colour: Colour) -> Colour {
        colour
    }

    #[operation(outputs(percent))]
    fn echo_percent(&self, percent: Percent) -> Percent {
        percent
    }

    #[operation(outputs(price))]
    fn echo_price(&self, price: Price) -> Price {
        price
    }

    #[operation(outputs(payment))]
    fn echo_payment(&self, payment: Payment) -> Payment {
        payment
    }

    #[operation(outputs(order))]
    fn echo_order(&self, order: Order) -> Order {
        order
    }

    #[operation(outputs(orders))]
    fn echo_orders(&self, orders: Vec<Order>) -> Vec<Order> {
        orders
    }

    #[operation(outputs(root))]
    fn echo_tree(&self, root: Node) -> Node {
        root
    }

    #[operation(outputs(page))]
    fn echo_page(&self, page: Page<Line>) -> Page<Line> {
        page
    }

    #[operation(outputs(shapes))]
    fn echo_shapes(&self, shapes: Vec<AnyShape>) -> Vec<AnyShape> {
        shapes
    }

    /// Any XML, as it is.
    #[operation(outputs(xml))]
    fn echo_xml(&self, xml: AnyXml) -> AnyXml {
        xml
    }

    /// Values within bounds.
    #[operation(outputs(code, ratio))]
    fn echo_bounded(
        &self,
        #[soap(pattern = "[A-Z]{2}-\\d+")] code: String,
        #[soap(min = 0.0, below = 1.0)] ratio: f64,
    ) -> (String, f64) {
        (code, ratio)
    }

    /// The message is the line itself, and so is the reply.
    #[operation(bare, request = "BareLine", response = "BareLineReply")]
    fn echo_bare(&self, line: Line) -> Line {
        line
    }

    /// Names of messages that are not the operation's.
    #[operation(outputs(value), request = "NameRequest", response = "NameReply")]
    fn echo_named(&self, value: String) -> String {
        value
    }

    /// No answer comes.
    #[operation(one_way)]
    fn tell(&self, text: String) {
        *self.told.lock().expect("nobody panics with it") = text;
    }

    /// What was told last.
    #[operation(outputs(text))]
    fn told(&self) -> String {
        self.told.lock().expect("nobody panics with it").clone()
    }

    /// Headers, there and back.
    #[operation(outputs(user), headers(session, trace))]
    fn echo_headers(
        &self,
        #[soap(header)] session: Session,
        #[soap(header)] trace: Option<String>,
    ) -> WithHeaders<String, (Session, Option<String>)> {
        WithHeaders::new(session.user.clone(), (session, trace))
    }

    /// Ends with the fault that is asked for: `sold-out`, `refused`, or any other word.
    #[operation(outputs(number))]
    fn order(&self, kind: String, order: Order) -> Result<u64, OrderError> {
        match kind.as_str() {
            "ok" => Ok(order.number),
            "sold-out" => Err(OrderError::SoldOut { article: "tea".to_owned(), again_on: Some(order.ordered_on) }),
            "refused" => Err(OrderError::OrderRefused(Refusal { order: order.number, lines: order.lines })),
            _ => Err(OrderError::Closed),
        }
    }
}
