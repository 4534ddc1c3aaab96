use soap_runtime::soap_service;

struct Courier;

#[soap_service]
impl Courier {
    #[operation(one_way, outputs(number))]
    fn send(&self, _address: String) {}
}

fn main() {}
