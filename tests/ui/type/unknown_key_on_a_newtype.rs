use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(rename_all = "camelCase")]
struct Percent(u8);

fn main() {}
