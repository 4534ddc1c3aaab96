use soap_runtime::soap_service;

struct Courier;

struct Session;

#[soap_service]
impl Courier {
    #[operation]
    fn send(&self, #[soap(header)] _session: Session) {}
}

fn main() {}
