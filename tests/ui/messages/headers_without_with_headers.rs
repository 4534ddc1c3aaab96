use soap_runtime::soap_service;

struct Courier;

#[soap_service]
impl Courier {
    #[operation(outputs(number), headers(session))]
    fn send(&self, _address: String) -> u64 {
        7
    }
}

fn main() {}
