use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(xsi_type = "Shape")]
enum AnyShape {
    Shape(String),
}

fn main() {}
