use soap_runtime::SoapType;

#[derive(SoapType)]
enum Payment {
    Card(#[soap(flatten)] String),
    Cash,
}

fn main() {}
