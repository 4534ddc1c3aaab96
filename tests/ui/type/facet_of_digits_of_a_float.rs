use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(total_digits = 3)]
    price: f64,
}

fn main() {}
