use soap_runtime::SoapType;

#[derive(SoapType)]
#[soap(abstract)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
struct Drawing {
    shape: Shape,
}

fn main() {}
