use soap_runtime::SoapType;

#[derive(SoapType)]
enum Payment {
    #[soap(name = "by card")]
    Card(String),
    Cash,
}

fn main() {}
