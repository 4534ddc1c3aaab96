use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(default(3))]
    count: u8,
}

fn main() {}
