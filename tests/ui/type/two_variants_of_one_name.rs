use soap_runtime::SoapType;

#[derive(SoapType)]
enum Payment {
    Card(String),
    #[soap(name = "Card")]
    Cash,
}

fn main() {}
