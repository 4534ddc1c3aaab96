use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(pattern)]
    code: String,
}

fn main() {}
