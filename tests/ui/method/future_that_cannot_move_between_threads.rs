use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    async fn greet(&self, name: String) -> String {
        let shared = std::rc::Rc::new(name);
        std::future::ready(()).await;
        shared.to_string()
    }
}

fn main() {}
