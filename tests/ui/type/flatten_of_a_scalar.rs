use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(flatten)]
    id: String,
}

fn main() {}
