use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(abstract)]
struct Price {
    #[soap(text)]
    amount: f64,
}

fn main() {}
