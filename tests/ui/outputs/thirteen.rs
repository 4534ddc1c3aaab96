use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(a, b, c, d, e, f, g, h, i, j, k, l, m))]
    fn greet(&self) -> String {
        String::new()
    }
}

fn main() {}
