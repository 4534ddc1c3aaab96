use soap_runtime::SoapType;

#[derive(SoapType)]
struct Login {
    user: String,
    #[soap(min_length = 8, secret = true)]
    password: String,
}

fn main() {}
