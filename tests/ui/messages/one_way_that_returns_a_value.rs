use soap_runtime::soap_service;

struct Courier;

#[soap_service]
impl Courier {
    #[operation(one_way)]
    fn send(&self, _address: String) -> u64 {
        7
    }
}

fn main() {}
