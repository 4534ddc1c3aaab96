use soap_runtime::SoapType;

#[derive(SoapType)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
struct Circle {
    shape: Shape,
}

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape(Shape),
    Circle(Circle),
}

fn main() {}
