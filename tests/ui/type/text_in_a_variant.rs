use soap_runtime::SoapType;

#[derive(SoapType)]
enum Payment {
    Card {
        #[soap(text)]
        number: String,
    },
}

fn main() {}
