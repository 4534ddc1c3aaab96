use soap_runtime::SoapType;

#[derive(SoapType)]
struct Price {
    #[soap(text, min = 0)]
    amount: u8,
}

fn main() {}
