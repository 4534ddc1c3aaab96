use soap_runtime::SoapType;

#[derive(SoapType)]
enum Payment {
    Card(String, u8),
    Cash,
}

fn main() {}
