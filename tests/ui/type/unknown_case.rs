use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(rename_all = "Title Case")]
struct Order {
    id: u8,
}

fn main() {}
