use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(max_length = 3)]
    count: Option<u32>,
}

fn main() {}
