use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order<'a> {
    id: &'a str,
}

fn main() {}
