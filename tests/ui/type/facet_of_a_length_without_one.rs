use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(max_length = 3)]
    count: u8,
}

fn main() {}
