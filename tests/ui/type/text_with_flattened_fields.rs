use soap_runtime::SoapType;

#[derive(SoapType)]
struct Tax {
    rate: u8,
}

#[derive(SoapType)]
struct Price {
    #[soap(text)]
    amount: f64,
    #[soap(flatten)]
    tax: Tax,
}

fn main() {}
