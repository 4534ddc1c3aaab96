use soap_runtime::soap_service;

struct Courier;

#[soap_service]
impl Courier {
    #[operation(bare, outputs(number, price))]
    fn send(&self, _address: String) -> (u64, f64) {
        (7, 4.5)
    }
}

fn main() {}
