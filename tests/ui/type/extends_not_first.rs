use soap_runtime::SoapType;

#[derive(SoapType)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
struct Circle {
    radius: f64,
    #[soap(extends)]
    shape: Shape,
}

fn main() {}
