use soap_runtime::soap_service;

struct Desk<T>(T);

#[soap_service]
impl<T: Send + Sync + 'static> Desk<T> {
    #[operation]
    fn greet(&self) -> String {
        "Hello".to_owned()
    }
}

fn main() {}
