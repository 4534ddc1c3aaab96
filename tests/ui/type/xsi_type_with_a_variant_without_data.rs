use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape,
    Circle,
}

fn main() {}
