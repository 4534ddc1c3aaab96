use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(colour = "red")]
struct Order {
    id: String,
}

fn main() {}
