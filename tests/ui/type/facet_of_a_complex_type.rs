use soap_runtime::SoapType;

#[derive(SoapType)]
struct Line {
    item: String,
}

#[derive(SoapType)]
struct Order {
    #[soap(min = 1)]
    first: Line,
}

fn main() {}
