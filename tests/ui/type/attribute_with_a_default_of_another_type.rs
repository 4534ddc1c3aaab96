use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(attribute, default = "three")]
    count: u8,
}

fn main() {}
