use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(attribute)]
    ids: Vec<String>,
}

fn main() {}
