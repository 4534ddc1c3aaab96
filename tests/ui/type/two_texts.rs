use soap_runtime::SoapType;

#[derive(SoapType)]
struct Price {
    #[soap(text)]
    amount: f64,
    #[soap(text)]
    currency: String,
}

fn main() {}
