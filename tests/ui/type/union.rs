use soap_runtime::SoapType;

#[derive(SoapType)]
union Both {
    a: u8,
    b: u8,
}

fn main() {}
