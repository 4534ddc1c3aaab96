use soap_runtime::soap_service;

struct Desk;

#[soap_service(path = "desk", naming = "axis")]
impl Desk {
    #[operation(output(greeting))]
    fn greet(&mut self, name: &str, (a, b): (String, String)) -> String {
        name.to_owned() + &a + &b
    }

    #[operation(outputs(path))]
    fn find(&self, #[soap(default = 300)] name: String) -> std::path::PathBuf {
        name.into()
    }
}

fn main() {}
