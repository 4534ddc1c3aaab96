use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(fraction_digits = 2)]
    price: i64,
}

fn main() {}
