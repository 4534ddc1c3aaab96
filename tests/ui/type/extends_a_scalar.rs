use soap_runtime::SoapType;

#[derive(SoapType)]
struct Circle {
    #[soap(extends)]
    shape: String,
    radius: f64,
}

fn main() {}
