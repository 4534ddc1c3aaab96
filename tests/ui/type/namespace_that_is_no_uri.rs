use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(namespace = "urn:my shop")]
struct Order {
    id: String,
}

fn main() {}
