use soap_runtime::soap_service;

struct Courier;

#[soap_service]
impl Courier {
    #[operation(bare)]
    fn send(&self, _address: String, _weight: u32) {}
}

fn main() {}
