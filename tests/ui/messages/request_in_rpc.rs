use soap_runtime::soap_service;

struct Courier;

#[soap_service(style = "rpc")]
impl Courier {
    #[operation(request = "Parcel")]
    fn send(&self, _address: String) {}
}

fn main() {}
