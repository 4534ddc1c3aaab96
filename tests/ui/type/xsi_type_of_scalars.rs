use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(xsi_type)]
enum Number {
    Small(u8),
    Big(u64),
}

fn main() {}
