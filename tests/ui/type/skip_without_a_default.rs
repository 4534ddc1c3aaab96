use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(skip)]
    started: std::time::Instant,
}

fn main() {}
