use soap_runtime::SoapType;

#[derive(SoapType)]
struct Page<T> {
    #[soap(max = 3)]
    first: T,
}

fn main() {}
