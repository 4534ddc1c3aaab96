use soap_runtime::{Service, SoapType, soap_service};

use super::{echoed, types};

/// Something to buy.
#[derive(SoapType)]
struct Line {
    /// What it is called.
    item: String,
    count: u32,
    note: Option<String>,
}

#[derive(SoapType)]
#[soap(rename_all = "camelCase")]
struct Order {
    #[soap(attribute)]
    id: String,
    #[soap(attribute)]
    urgent_from: Option<i32>,
    the_lines: Vec<Line>,
    #[soap(default = 3)]
    retries: u32,
    next: Option<Box<Order>>,
    #[soap(skip)]
    cache: Vec<std::time::Duration>,
}

struct Shop;

#[soap_service(namespace = "urn:t")]
impl Shop {
    #[operation(outputs(o))]
    fn echo(&self, o: Order) -> Order {
        assert!(o.cache.is_empty());
        o
    }
}

fn shop() -> Service {
    Service::new(Shop).expect("the description is sound")
}

#[tokio::test]
async fn a_struct_is_a_sequence_of_elements_with_attributes() {
    let order = r#"<o id="a&amp;7" urgentFrom=" 5 "><retries/><theLines><count>2</count><item>x</item></theLines><theLines><item>y</item><count>1</count><note>n</note></theLines><next id=""/></o>"#;
    let expected = r#"<tns:o id="a&amp;7" urgentFrom="5"><tns:theLines><tns:item>x</tns:item><tns:count>2</tns:count></tns:theLines><tns:theLines><tns:item>y</tns:item><tns:count>1</tns:count><tns:note>n</tns:note></tns:theLines><tns:retries>3</tns:retries><tns:next id=""><tns:retries>3</tns:retries></tns:next></tns:o>"#;
    assert_eq!(echoed(&shop(), "echo", order).await.as_deref(), Ok(expected));
    println!("{}", types(Shop));
}
