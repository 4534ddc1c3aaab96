use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet<T: Into<String>>(&self, name: T) -> String {
        name.into()
    }
}

fn main() {}
