use soap_runtime::SoapType;

#[derive(SoapType)]
struct Price {
    #[soap(text)]
    amount: f64,
    currency: String,
}

fn main() {}
