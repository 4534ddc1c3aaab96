use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(path = "/colour")]
enum Colour {
    Red,
}

fn main() {}
