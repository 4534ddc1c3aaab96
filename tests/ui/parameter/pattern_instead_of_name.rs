use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(&self, (first, last): (String, String)) -> String {
        first + &last
    }
}

fn main() {}
