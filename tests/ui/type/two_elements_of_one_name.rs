use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(rename_all = "lowercase")]
struct Order {
    the_id: String,
    theid: String,
}

fn main() {}
