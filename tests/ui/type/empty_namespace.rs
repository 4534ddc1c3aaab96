use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(namespace = "")]
struct Order {
    id: String,
}

fn main() {}
