use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(min = 1, min = 2)]
    count: u8,
}

fn main() {}
