use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(abstract)]
enum Colour {
    Red,
}

fn main() {}
