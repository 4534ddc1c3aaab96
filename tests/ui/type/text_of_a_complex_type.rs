use soap_runtime::SoapType;

#[derive(SoapType)]
struct Price {
    #[soap(text)]
    amount: Vec<f64>,
}

fn main() {}
