use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(name = "an order")]
struct Order {
    #[soap(name = "1st")]
    first: String,
    #[soap(attribute, name = "a:b")]
    second: String,
}

fn main() {}
