use soap_runtime::soap_service;

struct Shop;

#[soap_service]
impl Shop {
    #[operation]
    fn order(&self, #[soap(min = "one")] count: u8) {}
}

fn main() {}
