use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(abstract)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
struct Circle {
    #[soap(extends)]
    shape: Shape,
}

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape(Shape),
    Circle(Circle),
}

fn main() {}
