use soap_runtime::SoapType;

#[derive(SoapType)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
enum AnyShape {
    Circle {
        #[soap(extends)]
        shape: Shape,
    },
}

fn main() {}
