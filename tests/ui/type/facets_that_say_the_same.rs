use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(min = 1, above = 0)]
    count: u8,
}

fn main() {}
