use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(max = 300.5)]
struct Percent(u8);

fn main() {}
