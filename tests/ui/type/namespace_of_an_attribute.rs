use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(attribute, namespace = "urn:other")]
    id: String,
}

fn main() {}
