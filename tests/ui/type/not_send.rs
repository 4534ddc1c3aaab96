use soap_runtime::SoapType;

#[derive(SoapType)]
struct Order {
    #[soap(skip)]
    cache: std::rc::Rc<u8>,
}

fn main() {}
