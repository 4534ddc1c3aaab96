use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(skip, default = 3)]
    cache: u8,
}

fn main() {}
