use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(nam = "ID")]
    id: String,
}

fn main() {}
