use soap_runtime::{Service, SoapType, soap_service};

use super::{echoed, types};

/// A shape.
#[derive(SoapType)]
#[soap(namespace = "urn:shapes")]
struct Shape {
    name: String,
    #[soap(attribute)]
    id: Option<u8>,
}

#[derive(SoapType)]
struct Circle {
    #[soap(extends)]
    shape: Shape,
    radius: f64,
}

#[derive(SoapType)]
#[soap(namespace = "urn:discs")]
struct Disc {
    #[soap(extends)]
    circle: Circle,
    height: f64,
    #[soap(attribute)]
    hollow: bool,
}

#[derive(SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape(Shape),
    Circle(Circle),
    Disc(Disc),
}

#[derive(SoapType)]
#[soap(abstract)]
struct Animal {
    name: String,
}

#[derive(SoapType)]
struct Cat {
    #[soap(extends)]
    animal: Animal,
    lives: u8,
}

#[derive(SoapType)]
#[soap(xsi_type(Animal))]
enum AnyAnimal {
    Cat(Cat),
}

#[derive(SoapType)]
struct Page<T> {
    items: Vec<T>,
    next: Option<Box<Page<T>>>,
}

#[derive(SoapType)]
struct Pair<A, B: Default, const N: usize> {
    #[soap(flatten)]
    a: A,
    #[soap(attribute)]
    b: B,
    c: Option<Vec<i32>>,
    #[soap(skip)]
    marker: std::marker::PhantomData<[(); N]>,
}

#[derive(SoapType)]
struct Zoo {
    best: AnyShape,
    all: Vec<AnyShape>,
    maybe: Option<AnyShape>,
    animals: Vec<AnyAnimal>,
}

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(s))]
    fn shape(&self, s: AnyShape) -> AnyShape {
        s
    }
    #[operation(outputs(z))]
    fn zoo(&self, z: Zoo) -> Zoo {
        z
    }
    #[operation(outputs(p))]
    fn page(&self, p: Page<Page<Cat>>) -> Page<Page<Cat>> {
        p
    }
    #[operation(outputs(p))]
    fn pair(&self, p: Pair<Disc, u8, 3>) -> Pair<Disc, u8, 3> {
        p
    }
}

#[tokio::test]
async fn shapes() {
    let shop = Service::new(Shop).expect("the description is sound");
    let xsi = "xmlns:x='http://www.w3.org/2001/XMLSchema-instance' xmlns:d='urn:discs' xmlns:s='urn:shapes'";
    for (operation, xml) in [
        ("shape", "<s><name>n</name></s>".to_owned()),
        ("shape", format!("<s {xsi} x:type='Circle'><name>n</name><radius>1</radius></s>")),
        (
            "shape",
            format!(
                "<s {xsi} x:type='d:Disc' id='7' hollow='1'><height>2</height><name>n</name><radius>1</radius></s>"
            ),
        ),
        ("shape", format!("<s {xsi} x:type='s:Disc'/>")),
        ("shape", format!("<s {xsi} x:type='s:Shape'/>")),
        (
            "zoo",
            format!(
                "<z {xsi}><best><name>n</name></best><all><name>n</name></all><all  x:type='Circle'><name>n</name><radius>1</radius></all><maybe x:type='Circle'><name>n</name><radius>1</radius></maybe><animals x:type='Cat'><name>n</name><lives>9</lives></animals></z>"
            ),
        ),
        ("zoo", format!("<z {xsi}><best><name>n</name></best><animals><name>n</name><lives>9</lives></animals></z>")),
        (
            "zoo",
            format!(
                "<z {xsi}><best><name>n</name></best><animals x:type='Animal'><name>n</name><lives>9</lives></animals></z>"
            ),
        ),
        ("page", "<p><items><items><name/><lives>1</lives></items></items><next/></p>".to_owned()),
        (
            "pair",
            "<p b='1' hollow='1'><name>n</name><height>2</height><radius>1</radius><c><item>1</item></c></p>"
                .to_owned(),
        ),
    ] {
        println!("{xml}\n   {:?}", echoed(&shop, operation, &xml).await);
    }
    println!("{}", types(Shop).replace("><", ">\n<"));
}
