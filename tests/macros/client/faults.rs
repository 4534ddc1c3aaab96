//! Faults, and the errors that they were.

use soap_runtime::client::{CallError, ReceivedFault};
use soap_runtime::{Service, SoapFault, SoapType, soap_service};

use super::{Canned, envelope};

#[derive(Clone, Debug, PartialEq, SoapType)]
struct Refusal {
    order: u64,
}

#[derive(Debug, PartialEq, thiserror::Error, SoapFault)]
#[soap(client)]
enum OrderError {
    /// There is none.
    #[error("`{article}` is sold out")]
    SoldOut {
        #[soap(name = "Article", max_length = 10)]
        article: String,
        again: Option<u32>,
    },
    #[error("order refused")]
    #[soap(subcode = "Refused")]
    OrderRefused(Refusal),
    #[error("closed")]
    Closed,
    #[error("lost")]
    Lost {
        place: String,
        #[soap(skip)]
        secret: u8,
    },
}

#[soap_service(namespace = "urn:shop")]
trait Shop {
    #[operation]
    async fn order(&self, kind: String) -> Result<u64, OrderError>;
}

struct MyShop;

#[soap_service]
impl Shop for MyShop {
    async fn order(&self, kind: String) -> Result<u64, OrderError> {
        Err(match kind.as_str() {
            "closed" => OrderError::Closed,
            "refused" => OrderError::OrderRefused(Refusal { order: 7 }),
            "lost" => OrderError::Lost { place: "shelf".to_owned(), secret: 1 },
            _ => OrderError::SoldOut { article: kind, again: Some(3) },
        })
    }
}

async fn fault(kind: &str, of: ShopClient) -> Box<ReceivedFault> {
    match of.order(kind).await {
        Err(CallError::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

fn client() -> ShopClient {
    ShopClient::over(Service::new(MyShop).expect("it is sound"))
}

#[tokio::test]
async fn an_error_comes_back_as_what_it_was() {
    for client in [client(), client().soap12()] {
        for (kind, expected) in [
            ("closed", OrderError::Closed),
            ("refused", OrderError::OrderRefused(Refusal { order: 7 })),
            ("tea", OrderError::SoldOut { article: "tea".to_owned(), again: Some(3) }),
        ] {
            let fault = fault(kind, client.clone()).await;
            assert_eq!(fault.to::<OrderError>(), Some(Ok(expected)), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn what_the_error_kept_inside_is_not_made_up() {
    let fault = fault("lost", client()).await;
    assert_eq!(fault.to::<OrderError>(), None);
    assert_eq!(fault.message, "lost");
    assert!(fault.detail_as::<Refusal>("Lost").expect("it is there").is_err());
}

#[tokio::test]
async fn a_detail_is_read_by_its_name() {
    let refused = fault("refused", client()).await;
    assert_eq!(refused.detail_as::<Refusal>("OrderRefused"), Some(Ok(Refusal { order: 7 })));
    assert_eq!(refused.detail_as::<Refusal>("Refusal"), None);
    assert_eq!(refused.code, "Client.Refused");
    let fault_of_others = "<S:Body><S:Fault><faultcode>S:Client</faultcode><faultstring>no</faultstring><detail><x/>\
                           <o:SoldOut xmlns:o='urn:shop'><Article>much too long</Article></o:SoldOut></detail>\
                           </S:Fault></S:Body>";
    let client = ShopClient::over(Canned::answering(500, &envelope(fault_of_others)));
    let error = fault("tea", client).await.to::<OrderError>().expect("it is there").expect_err("it is too long");
    let expected = "`SoldOut.Article`: `much too long` has 13, and may have at most 10 characters (line 1, column ";
    assert!(error.to_string().starts_with(expected), "{error}");
}
