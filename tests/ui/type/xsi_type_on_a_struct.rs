use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(xsi_type)]
struct Order {
    id: u8,
}

fn main() {}
