use soap_runtime::soap_service;

struct Courier;

#[soap_service(style = "rpc/encoded")]
impl Courier {
    #[operation]
    fn send(&self, _address: String) {}
}

fn main() {}
