use soap_runtime::soap_service;

struct Courier;

#[soap_service]
impl Courier {
    #[operation]
    fn send(&self, _address: String) {}

    #[operation(request = "send")]
    fn send_by_air(&self, _address: String) {}
}

fn main() {}
