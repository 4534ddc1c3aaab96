use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(default = "three")]
    count: u8,
    #[soap(attribute, default = 300)]
    size: u8,
}

fn main() {}
