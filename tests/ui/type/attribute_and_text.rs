use soap_runtime::SoapType;

#[derive(SoapType)]
struct Price {
    #[soap(attribute, text)]
    amount: f64,
}

fn main() {}
