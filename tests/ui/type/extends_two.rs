use soap_runtime::SoapType;

#[derive(SoapType)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
struct Circle {
    #[soap(extends)]
    shape: Shape,
    #[soap(extends)]
    other: Shape,
}

fn main() {}
