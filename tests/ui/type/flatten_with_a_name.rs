use soap_runtime::SoapType;

#[derive(SoapType)]
struct Line {
    item: String,
}

#[derive(SoapType)]
struct Order {
    #[soap(flatten, name = "line")]
    line: Line,
}

fn main() {}
