use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(default)]
    at: soap_runtime::url::Url,
}

fn main() {}
