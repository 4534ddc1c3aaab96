use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(max = "100")]
    counts: Vec<u32>,
}

fn main() {}
