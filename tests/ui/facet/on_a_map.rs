use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(max_length = 3)]
    counts: std::collections::BTreeMap<String, u32>,
}

fn main() {}
