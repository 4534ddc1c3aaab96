use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(attribute = true)]
    id: u8,
}

fn main() {}
