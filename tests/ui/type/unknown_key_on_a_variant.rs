use soap_runtime::SoapType;

#[derive(SoapType)]
enum Colour {
    #[soap(default)]
    Red,
}

fn main() {}
