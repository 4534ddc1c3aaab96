use soap_runtime::SoapType;

#[derive(SoapType)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    #[soap(name = "Form")]
    Shape(Shape),
}

fn main() {}
