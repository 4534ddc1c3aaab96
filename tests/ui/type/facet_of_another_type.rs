use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(min = "one")]
    count: u8,
}

fn main() {}
