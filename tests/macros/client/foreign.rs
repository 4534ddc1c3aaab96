//! Answers as other services write them.

use soap_runtime::client::CallError;
use soap_runtime::{SoapOutput, soap_service};

use super::{Canned, envelope};

#[derive(Debug, PartialEq, SoapOutput)]
struct Token {
    valid: bool,
    user: Option<String>,
    roles: Vec<String>,
    comment: String,
}

/// The authentication manager.
#[soap_service(namespace = "urn:auth")]
trait Auth {
    #[operation(headers(session))]
    async fn validate(&self, token: String) -> soap_runtime::WithHeaders<Token, String>;

    #[operation(outputs(name))]
    async fn get_username(&self, token: String) -> Option<String>;
}

async fn answer(status: u16, inside: &str) -> Result<Option<String>, CallError> {
    AuthClient::over(Canned::answering(status, &envelope(inside))).get_username("t").await
}

#[tokio::test]
async fn order_prefixes_and_namespaces_do_not_matter() {
    let reply = "<S:Header><a:Action xmlns:a='urn:wsa'>x</a:Action><b:session xmlns:b='urn:auth'>s</b:session>\
                 <session xmlns='urn:other'>no</session></S:Header>
        <S:Body Id='body'>
            <q:validateResponse xmlns:q='urn:auth' xmlns:x='urn:other'>
                <!-- unqualified, qualified, and of nobody -->
                <roles>admin</roles>
                <q:comment></q:comment>
                <unknown><deep>1</deep></unknown>
                <x:roles>user</x:roles>
                <q:valid> 1 </q:valid>
            </q:validateResponse>
        </S:Body>";
    let (token, session) = AuthClient::over(Canned::answering(200, &envelope(reply)))
        .validate("t")
        .await
        .expect("it can be read")
        .into_parts();
    let roles = vec!["admin".to_owned(), "user".to_owned()];
    assert_eq!(token, Token { valid: true, user: None, roles, comment: String::new() });
    assert_eq!(session, "s");
}

#[tokio::test]
async fn absent_is_not_nil_is_not_empty() {
    let nil = "<S:Body><r><name xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/></r></S:Body>";
    assert_eq!(answer(200, nil).await.expect("it can be read"), None);
    assert_eq!(answer(200, "<S:Body><r/></S:Body>").await.expect("it can be read"), None);
    assert_eq!(answer(200, "<S:Body/>").await.expect("it can be read"), None);
    assert_eq!(answer(200, "<S:Body><r><name/></r></S:Body>").await.expect("it can be read"), Some(String::new()));
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_place() {
    for (status, inside, words) in [
        (200, "<S:Body><r><name>a</name><name>b</name></r></S:Body>", "`name`: is there twice, and may be there once"),
        (200, "<S:Body><r><name><b/></name></r></S:Body>", "`name`: expected a value, found the element `<b>`"),
        (200, "<S:Body><r><name>a</name></S:Body>", "the answer cannot be understood: "),
        (
            500,
            "<S:Body><S:Fault><faultcode>S:Server</faultcode><faultstring>down</faultstring></S:Fault></S:Body>",
            "down (Server)",
        ),
        (200, "", "http://there/ answered with HTTP status 200 and no SOAP message"),
    ] {
        let error = answer(status, inside).await.expect_err(inside).to_string();
        assert!(error.contains(words), "{inside}: {error}");
    }
    let reply = "<S:Body><r><valid>yes</valid></r></S:Body>";
    let client = AuthClient::over(Canned::answering(200, &envelope(reply)));
    let error = client.validate("t").await.expect_err("the header is missing");
    assert!(error.to_string().contains("the header `session` is missing"), "{error}");
    let reply = format!("<S:Header><session>s</session></S:Header>{reply}");
    let client = AuthClient::over(Canned::answering(200, &envelope(&reply)));
    let error = client.validate("t").await.expect_err("that is no boolean");
    assert!(error.to_string().contains("`valid`: `yes` is no xs:boolean"), "{error}");
}

#[tokio::test]
async fn a_fault_has_other_headers() {
    let fault =
        "<S:Header/><S:Body><S:Fault><faultcode>S:Client</faultcode><faultstring>no</faultstring></S:Fault></S:Body>";
    let error = AuthClient::over(Canned::answering(500, &envelope(fault))).validate("t").await.expect_err("a fault");
    assert_eq!(error.to_string(), "no (Client)");
}
