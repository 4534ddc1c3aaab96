use soap_runtime::{Service, SoapType, soap_service};

use super::{echoed, types};

/// A colour.
#[derive(SoapType)]
#[soap(rename_all = "kebab-case")]
enum Colour {
    /// As blood.
    Red,
    DarkBlue,
    #[soap(name = "light")]
    Light,
}

#[derive(SoapType)]
struct Card {
    number: String,
}

#[derive(SoapType)]
#[soap(rename_all = "camelCase")]
enum Payment {
    /// By card.
    Card(Card),
    Cash,
    Many(Vec<i32>),
    Maybe(Option<i32>),
    InvoiceLater {
        #[soap(attribute)]
        urgent: bool,
        /// Where it goes.
        address: String,
        #[soap(default = 30)]
        days: u8,
        #[soap(skip)]
        cache: u8,
    },
}

#[derive(SoapType)]
struct Bill {
    first: String,
    #[soap(flatten)]
    payment: Payment,
    last: Option<u8>,
}

#[derive(SoapType)]
struct Gift {
    #[soap(flatten)]
    payment: Option<Payment>,
    colours: Vec<Colour>,
    #[soap(attribute)]
    paper: Option<Colour>,
}

#[derive(SoapType)]
struct Percent(u8);

#[derive(SoapType)]
struct Price {
    #[soap(text)]
    amount: Percent,
    #[soap(attribute)]
    currency: String,
    #[soap(attribute, default = Percent(7))]
    tax: Percent,
}

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(c))]
    fn colour(&self, c: Vec<Colour>) -> Vec<Colour> {
        c
    }
    #[operation(outputs(p))]
    fn payment(&self, p: Payment) -> Payment {
        p
    }
    #[operation(outputs(b))]
    fn bill(&self, b: Bill) -> Bill {
        b
    }
    #[operation(outputs(g))]
    fn gift(&self, g: Gift) -> Gift {
        g
    }
    #[operation(outputs(p))]
    fn price(&self, p: Price) -> Price {
        p
    }
}

#[tokio::test]
async fn shapes() {
    let shop = Service::new(Shop).expect("the description is sound");
    for (operation, xml) in [
        ("colour", "<c>red</c><c>dark-blue</c><c>light</c>"),
        ("colour", "<c>red</c><c>DarkBlue</c>"),
        ("payment", "<p><card><number>1</number></card></p>"),
        ("payment", "<p><cash/></p>"),
        ("payment", "<p><many><item>1</item></many></p>"),
        ("payment", "<p><maybe>3</maybe></p>"),
        ("payment", "<p><maybe xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='1'/></p>"),
        ("payment", "<p><invoiceLater urgent='1'><address>a</address></invoiceLater></p>"),
        ("payment", "<p><invoiceLater urgent='x'><address>a</address></invoiceLater></p>"),
        ("payment", "<p><invoiceLater><address>a</address></invoiceLater></p>"),
        ("payment", "<p><invoiceLater urgent='1'/></p>"),
        ("payment", "<p/>"),
        ("payment", "<p><cash/><cash/></p>"),
        ("bill", "<b><last>1</last><cash/><first>x</first></b>"),
        ("bill", "<b><last>1</last><first>x</first></b>"),
        ("gift", "<g paper='red'><cash/><colours>red</colours></g>"),
        ("gift", "<g/>"),
        ("gift", "<g paper='blue'/>"),
        ("price", "<p currency='EUR'>7</p>"),
        ("price", "<p currency='EUR' tax='9'>700</p>"),
    ] {
        println!("{xml}\n   {:?}", echoed(&shop, operation, xml).await);
    }
    println!("{}", types(Shop).replace("><", ">\n<"));
}
