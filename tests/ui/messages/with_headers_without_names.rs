use soap_runtime::{WithHeaders, soap_service};

struct Courier;

#[soap_service]
impl Courier {
    #[operation(outputs(number))]
    fn send(&self, _address: String) -> WithHeaders<u64, String> {
        WithHeaders::new(7, _address)
    }
}

fn main() {}
