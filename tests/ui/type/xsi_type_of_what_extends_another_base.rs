use soap_runtime::SoapType;

#[derive(SoapType)]
struct Shape {
    name: String,
}

#[derive(SoapType)]
struct Animal {
    name: String,
}

#[derive(SoapType)]
struct Cat {
    #[soap(extends)]
    animal: Animal,
}

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape(Shape),
    Cat(Cat),
}

fn main() {}
