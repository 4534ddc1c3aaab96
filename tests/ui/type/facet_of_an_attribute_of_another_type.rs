use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(attribute, max = "nine")]
    count: Option<u8>,
}

fn main() {}
