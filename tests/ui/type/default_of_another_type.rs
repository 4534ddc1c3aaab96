use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(default = "three")]
    count: u8,
}

fn main() {}
