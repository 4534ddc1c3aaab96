//! Whatever a value is, it is read as it was written.

use std::sync::{Arc, Mutex};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use soap_runtime::{Nillable, Service, SoapType, Writer, soap_service};

use super::call;

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(namespace = "urn:trees")]
struct Tree {
    #[soap(attribute)]
    id: String,
    #[soap(attribute, default = 7)]
    weight: i64,
    #[soap(attribute)]
    kind: Option<Kind>,
    name: Option<String>,
    #[soap(default = vec![1])]
    ages: Vec<u16>,
    #[soap(flatten)]
    leaf: Leaf,
    #[soap(flatten)]
    fruit: Option<Fruit>,
    all: Vec<Fruit>,
    grid: Vec<Vec<i32>>,
    marks: Option<Vec<Nillable<String>>>,
    height: Measure,
    children: Vec<Tree>,
    next: Option<Box<Tree>>,
    page: Page<Option<bool>>,
    shape: AnyShape,
    shapes: Option<Vec<AnyShape>>,
}

#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
#[soap(rename_all = "SCREAMING-KEBAB-CASE")]
enum Kind {
    BroadLeaf,
    Needle,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
struct Leaf {
    green: Percent,
    #[soap(name = "lobe")]
    lobes: Vec<Percent>,
    #[soap(attribute)]
    old: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(max = 100)]
struct Percent(u8);

#[derive(Clone, Debug, PartialEq, SoapType)]
enum Fruit {
    None,
    Apple(Box<Apple>),
    Nuts(Vec<String>),
    Cone {
        #[soap(attribute)]
        seeds: u32,
        scales: Option<Kind>,
    },
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(namespace = "urn:apples")]
struct Apple {
    sort: String,
    from: Option<Box<Tree>>,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
struct Measure {
    #[soap(text)]
    value: String,
    #[soap(attribute)]
    unit: char,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
struct Page<T> {
    items: Vec<T>,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
struct Shape {
    name: String,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(namespace = "urn:circles")]
struct Circle {
    #[soap(extends)]
    shape: Shape,
    radius: i8,
}

#[derive(Clone, Debug, PartialEq, SoapType)]
#[soap(xsi_type)]
enum AnyShape {
    Shape(Shape),
    Circle(Circle),
}

#[derive(Default)]
struct Wood {
    got: Arc<Mutex<Option<Tree>>>,
}

#[soap_service(namespace = "urn:t")]
impl Wood {
    #[operation(outputs(tree))]
    fn plant(&self, tree: Tree) -> Tree {
        self.got.lock().expect("no test panics with the lock").replace(tree.clone());
        tree
    }
}

fn text() -> impl Strategy<Value = String> {
    r"[\t\n\r\x20-\u{7E}\u{E4}\u{1F600}]{0,6}"
}

fn percent() -> impl Strategy<Value = Percent> {
    (0..=100_u8).prop_map(Percent)
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::BroadLeaf), Just(Kind::Needle)]
}

fn shape() -> impl Strategy<Value = AnyShape> {
    let shape = || text().prop_map(|name| Shape { name });
    prop_oneof![
        shape().prop_map(AnyShape::Shape),
        (shape(), any::<i8>()).prop_map(|(shape, radius)| AnyShape::Circle(Circle { shape, radius })),
    ]
}

fn leaf() -> impl Strategy<Value = Leaf> {
    (percent(), vec(percent(), 0..3), any::<Option<bool>>()).prop_map(|(green, lobes, old)| Leaf { green, lobes, old })
}

fn fruit(trees: BoxedStrategy<Option<Box<Tree>>>) -> impl Strategy<Value = Fruit> {
    prop_oneof![
        Just(Fruit::None),
        (text(), trees).prop_map(|(sort, from)| Fruit::Apple(Box::new(Apple { sort, from }))),
        vec(text(), 0..3).prop_map(Fruit::Nuts),
        (any::<u32>(), option::of(kind())).prop_map(|(seeds, scales)| Fruit::Cone { seeds, scales }),
    ]
}

fn marks() -> impl Strategy<Value = Option<Vec<Nillable<String>>>> {
    option::of(vec(option::of(text()).prop_map(Nillable::from), 0..3))
}

fn tree_with(trees: BoxedStrategy<Option<Box<Tree>>>) -> impl Strategy<Value = Tree> {
    let own = (text(), any::<i64>(), option::of(kind()), option::of(text()), vec(any::<u16>(), 1..3), leaf());
    let fruits = (option::of(fruit(trees.clone())), vec(fruit(trees.clone()), 0..2));
    let lists = (vec(vec(any::<i32>(), 0..3), 0..3), marks(), vec(any::<Option<bool>>(), 0..3));
    let shapes = (shape(), option::of(vec(shape(), 0..3)), text(), proptest::char::range(' ', '\u{D7FF}'));
    let inner = (vec(trees.clone(), 0..2), trees);
    (own, fruits, lists, shapes, inner).prop_map(
        |(
            (id, weight, kind, name, ages, leaf),
            (fruit, all),
            (grid, marks, items),
            (shape, shapes, value, unit),
            (children, next),
        )| Tree {
            id,
            weight,
            kind,
            name,
            ages,
            leaf,
            fruit,
            all,
            grid,
            marks,
            height: Measure { value, unit },
            children: children.into_iter().flatten().map(|tree| *tree).collect(),
            next,
            page: Page { items },
            shape,
            shapes,
        },
    )
}

fn tree() -> impl Strategy<Value = Tree> {
    let seed = tree_with(Just(None).boxed());
    seed.prop_recursive(3, 8, 2, |inner| tree_with(option::of(inner.prop_map(Box::new)).boxed()))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("it starts")
}

/// The request that has `tree` planted.
fn request(tree: &Tree) -> String {
    let mut writer = Writer::with_capacity(1024);
    tree.write_as("tree", &mut writer);
    let tree = writer.finish().expect("XML can carry it");
    format!(r#"<tns:plant xmlns:tns="urn:t">{tree}</tns:plant>"#)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn values_come_back(tree in tree()) {
        let got = Arc::default();
        let service = Service::new(Wood { got: Arc::clone(&got) }).expect("the description is sound");
        let request = request(&tree);
        let reply = runtime().block_on(call(&service, &request));
        prop_assert!(reply.fault.is_none(), "{:?}: {}", reply.fault, request);
        let elements = request.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</tns:plant>"));
        prop_assert!(reply.body.contains(elements.expect("it is a request")), "{}", reply.body);
        prop_assert_eq!(got.lock().expect("no test panics with the lock").take(), Some(tree));
    }
}

/// Something small.
#[derive(Clone, Debug, PartialEq, SoapType)]
struct Chain {
    number: u32,
    next: Option<Box<Chain>>,
    others: Vec<Chain>,
}

struct Smith;

#[soap_service(namespace = "urn:t")]
impl Smith {
    #[operation(outputs(chain))]
    fn forge(&self, chain: Chain) -> Chain {
        chain
    }
}

fn nested(name: &str, attributes: &str, content: &str, inner: &str, depth: usize) -> String {
    let open = format!("<{inner} {attributes}>{content}");
    let all = format!("{}{}", open.repeat(depth), format!("</{inner}>").repeat(depth));
    format!("<{name} {attributes}>{content}{all}</{name}>")
}

fn fault_of(service: &Service, body: &str) -> Option<String> {
    runtime().block_on(call(service, body)).fault.map(|fault| fault.to_string())
}

/// On a thread of the size that servers and tests have.
#[test]
fn types_that_hold_themselves_are_read_as_deep_as_documents_may_be() {
    let smith = Service::new(Smith).expect("the description is sound");
    // Around them are the envelope, the body, the operation and the argument, and inside is a field.
    let deepest = soap_runtime::Limits::default().depth - 5;
    for inner in ["next", "others"] {
        let forge = |depth| format!("<forge>{}</forge>", nested("chain", "", "<number>1</number>", inner, depth));
        assert_eq!(fault_of(&smith, &forge(deepest)), None);
        let fault = fault_of(&smith, &forge(deepest + 1)).expect("it is too deep");
        assert!(fault.starts_with("elements are nested more than 256 deep"), "{fault}");
    }
}

/// Each of them takes much of the stack, in a debug build at least.
#[test]
fn large_types_end_with_a_fault_before_the_stack_does() {
    let wood = Service::new(Wood::default()).expect("the description is sound");
    let content = "<green>1</green><height unit='m'/><page/><shape><name/></shape>";
    for depth in [1, 20, 50, 100, 200, 240] {
        let body = format!("<plant>{}</plant>", nested("tree", "id=''", content, "next", depth));
        match fault_of(&wood, &body) {
            None => {}
            Some(fault) => {
                assert!(depth > 50 && fault.starts_with("elements are nested too deep for what they"), "{fault}");
            }
        }
    }
}
