//! The neighbours of the platform, as JAX-WS describes them: their elements have no namespace.

use soap_runtime::client::CallError;
use soap_runtime::{Fault, Service, soap_service};

use crate::golden::auth::{AuthManager, AuthManagerClient, TokenInfo, TokenValidationFailedFault};
use crate::golden::gss::{FileNotFound, GenericStorageClient, RequestDescription, ResourceType};
use crate::{Script, body};

const AUTH: [&str; 2] = ["http://auth.example.org/", "urn:none"];
const GSS: [&str; 2] = ["http://gss.example.org/", "urn:none"];

#[tokio::test]
async fn only_the_element_of_the_request_is_qualified() {
    let script = Script::of("<a:getSessionTokenResponse><return>t-1</return></a:getSessionTokenResponse>", AUTH);
    let client = AuthManagerClient::over(script.clone());
    let token = client.get_session_token("ada".to_owned(), "a<b".to_owned(), None).await.expect("there is an answer");
    assert_eq!(token.as_deref(), Some("t-1"));
    let request = "<tns:getSessionToken><username>ada</username><password>a&lt;b</password></tns:getSessionToken>";
    assert_eq!(script.sent(), [(String::new(), body(request))]);
}

#[tokio::test]
async fn what_a_reply_holds_is_read_whether_qualified_or_not() {
    for reply in [
        "<a:getTokenInfoResponse><return><username>ada</username><expires>2024-02-29T12:00:00.000+01:00</expires>\
         <roles>user</roles><roles>admin</roles></return></a:getTokenInfoResponse>",
        "<a:getTokenInfoResponse><a:return><a:username>ada</a:username>\
         <a:expires>2024-02-29T12:00:00.000+01:00</a:expires><a:roles>user</a:roles><a:roles>admin</a:roles></a:return>\
         </a:getTokenInfoResponse>",
    ] {
        let client = AuthManagerClient::over(Script::of(reply, AUTH));
        let info = client.get_token_info("t-1".to_owned()).await.expect("there is an answer").expect("it is known");
        assert_eq!(info.username.as_deref(), Some("ada"));
        assert_eq!(info.roles, [Some("user".to_owned()), Some("admin".to_owned())]);
        assert!(info.expires.is_some() && info.project.is_none());
    }
}

#[tokio::test]
async fn the_detail_of_a_declared_fault_is_a_value_of_its_type() {
    let fault = "<S:Fault><faultcode>S:Server</faultcode><faultstring>no</faultstring><detail>\
                 <a:TokenValidationFailedFault><message>too old</message></a:TokenValidationFailedFault></detail></S:Fault>";
    let client = AuthManagerClient::over(Script::of(fault, AUTH));
    let CallError::Fault(fault) = client.get_email("t-1".to_owned()).await.expect_err("it refuses") else {
        panic!("it is a fault");
    };
    let detail = fault.detail_as::<TokenValidationFailedFault>("TokenValidationFailedFault");
    assert_eq!(detail.expect("it is there").expect("it is one").message.as_deref(), Some("too old"));
    assert!(fault.detail_as::<FileNotFound>("fileNotFound").is_none());
}

#[tokio::test]
async fn the_structure_of_the_storage_service_is_read_as_a_whole() {
    let reply = "<a:getResourceInformationResponse><return><visualName>mesh.stl</visualName><uniqueName>gss://1</uniqueName>\
                 <type>FILE</type><queryForName>false</queryForName><readDescription><supported>true</supported>\
                 <url>https://storage.example.org/1</url><httpMethod>GET</httpMethod><headers><key>auth_token</key>\
                 <value>t</value></headers></readDescription></return></a:getResourceInformationResponse>";
    let script = Script::of(reply, GSS);
    let client = GenericStorageClient::over(script.clone());
    let found =
        client.get_resource_information("gss://1".to_owned(), "t".to_owned()).await.expect("there is an answer");
    let found = found.expect("it is known");
    assert_eq!((found.r#type, found.query_for_name), (Some(ResourceType::File), false));
    let Some(RequestDescription { supported: true, http_method: Some(method), headers, .. }) = found.read_description
    else {
        panic!("it can be read");
    };
    assert_eq!(method, "GET");
    assert_eq!(headers[0].as_ref().map(|header| header.key.as_str()), Some("auth_token"));
    let request =
        "<tns:getResourceInformation><fileID>gss://1</fileID><session_id>t</session_id></tns:getResourceInformation>";
    assert_eq!(script.sent()[0].1, body(request));
}

/// For tests of what calls the authentication manager.
struct FakeAuth;

#[soap_service]
impl AuthManager for FakeAuth {
    async fn get_session_token(
        &self,
        username: Option<String>,
        _password: Option<String>,
        project: Option<String>,
    ) -> Result<Option<String>, Fault> {
        Ok(username.zip(project).map(|(name, project)| format!("{name}@{project}")))
    }

    async fn validate_session_token(&self, token: Option<String>) -> Result<bool, Fault> {
        Ok(token.is_some_and(|token| token.contains('@')))
    }

    async fn get_token_info(&self, token: Option<String>) -> Result<Option<TokenInfo>, Fault> {
        let username = token.ok_or_else(|| Fault::client("no token"))?.split('@').next().map(str::to_owned);
        Ok(Some(TokenInfo { username, ..TokenInfo::default() }))
    }

    async fn get_username(&self, _token: Option<String>) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    async fn get_project(&self, token: Option<String>) -> Result<Option<String>, Fault> {
        Ok(token)
    }

    async fn get_roles(&self, _token: Option<String>) -> Result<Vec<Option<String>>, Fault> {
        Ok(vec![Some("user".to_owned()), None])
    }

    async fn get_email(&self, _token: Option<String>) -> Result<Option<String>, Fault> {
        Err(Fault::client("nobody has one"))
    }
}

#[tokio::test]
async fn a_fake_of_the_service_answers_its_client() {
    let client = AuthManagerClient::over(Service::new(FakeAuth).expect("it is sound"));
    let token = client.get_session_token("ada".to_owned(), None, "ship".to_owned()).await.expect("it answers");
    assert_eq!(token.as_deref(), Some("ada@ship"));
    assert!(client.validate_session_token(token.clone()).await.expect("it answers"));
    let info = client.get_token_info(token).await.expect("it answers").expect("it is known");
    assert_eq!(info.username.as_deref(), Some("ada"));
    assert_eq!(client.get_username(None).await.expect("it answers"), None);
    assert_eq!(client.get_roles(None).await.expect("it answers"), [Some("user".to_owned()), None]);
    assert_eq!(client.get_email(None).await.expect_err("it refuses").to_string(), "nobody has one (Client)");
}

#[tokio::test]
async fn a_fake_is_described_as_the_service_is() {
    let service = Service::new(FakeAuth).expect("it is sound");
    let wsdl = soap_runtime::Wsdl::new(service.description()).at("http://localhost/");
    for expected in [
        r#"targetNamespace="http://auth.example.org/" elementFormDefault="unqualified""#,
        r#"<soap:operation soapAction="" style="document"/>"#,
        r#"<xs:element name="username" type="xs:string" minOccurs="0" nillable="true"/>"#,
    ] {
        assert!(wsdl.contains(expected), "{wsdl}");
    }
    let of_this_program = soap_runtime::__private::Registered::all().filter_map(|one| one.description().ok());
    let names: Vec<_> = of_this_program.map(|service| service.name).collect();
    assert!(
        !names.contains(&"AuthManagerService"),
        "what is described elsewhere is no service of this program: {names:?}"
    );
}
