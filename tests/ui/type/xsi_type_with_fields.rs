use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Circle { radius: f64 },
}

fn main() {}
