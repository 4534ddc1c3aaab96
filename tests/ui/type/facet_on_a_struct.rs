use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(min = 1)]
struct Order {
    id: u8,
}

fn main() {}
