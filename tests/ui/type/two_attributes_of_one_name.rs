use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(attribute)]
    id: String,
    #[soap(attribute, name = "id")]
    other: String,
}

fn main() {}
