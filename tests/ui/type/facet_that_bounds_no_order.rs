use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(min = 1)]
    code: String,
}

fn main() {}
