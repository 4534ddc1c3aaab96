use soap_runtime::SoapOutput;

#[derive(SoapOutput)]
struct Stock {
    #[soap(max = "nine")]
    left: u8,
}

fn main() {}
