use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(min = 1)]
    counts: Option<Vec<u32>>,
}

fn main() {}
