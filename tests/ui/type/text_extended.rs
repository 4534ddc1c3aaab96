use soap_runtime::SoapType;

#[derive(SoapType)]
struct Price {
    #[soap(text)]
    amount: f64,
}

#[derive(SoapType)]
struct Fee {
    #[soap(extends)]
    price: Price,
}

fn main() {}
