use soap_runtime::SoapType;

#[derive(SoapType)]
enum Colour {
    Red,
    #[soap(name = "Red")]
    Crimson,
}

fn main() {}
