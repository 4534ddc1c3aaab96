use soap_runtime::SoapType;

#[derive(SoapType)]
enum Colour {
    Red,
}

#[derive(SoapType)]
struct Order {
    #[soap(pattern = "R.*")]
    colour: Colour,
}

fn main() {}
