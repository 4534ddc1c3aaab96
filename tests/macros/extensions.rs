//! WS-Addressing, which every service understands, and WS-Security for those that ask for it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use sha1::{Digest, Sha1};
use soap_runtime::{Limits, Passwords, Reply, Request, Service, UsernameToken, Version, soap_service};

struct Adder;

#[soap_service(namespace = "urn:adder")]
impl Adder {
    #[operation(outputs(sum))]
    async fn add(&self, a: i32, b: i32) -> i32 {
        a + b
    }
}

const ADD: &str = "<add><a>1</a><b>2</b></add>";
const WSA: &str = "http://www.w3.org/2005/08/addressing";
const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const DIGEST: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";

async fn call_as(service: &Service, version: Version, action: Option<&str>, header: &str) -> Reply {
    let envelope = match version {
        Version::Soap11 => "http://schemas.xmlsoap.org/soap/envelope/",
        _ => "http://www.w3.org/2003/05/soap-envelope",
    };
    let message = format!(
        "<e:Envelope xmlns:e='{envelope}' xmlns='urn:adder' xmlns:a='{WSA}' xmlns:s='{WSSE}' xmlns:u='{WSU}'>\
         <e:Header>{header}</e:Header><e:Body>{ADD}</e:Body></e:Envelope>"
    );
    service.call(Request { body: message.into(), charset: None, action, limits: Limits::default() }).await
}

async fn call(service: &Service, header: &str) -> Reply {
    call_as(service, Version::Soap11, None, header).await
}

fn adder() -> Service {
    Service::new(Adder).expect("it can be published")
}

fn assert_fault(reply: &Reply, code: &str, words: &str) {
    let fault = reply.fault.as_ref().unwrap_or_else(|| panic!("no fault: {}", reply.body));
    assert!(fault.message().contains(words), "{}", fault.message());
    assert!(reply.body.contains(code), "no {code} in {}", reply.body);
}

#[tokio::test]
async fn a_reply_says_which_request_it_answers() {
    let header = "<a:MessageID>urn:uuid:1</a:MessageID><a:Action>urn:adder:add</a:Action>\
                  <a:To e:mustUnderstand='1'>http://h/Adder</a:To>\
                  <a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address></a:ReplyTo>";
    for version in [Version::Soap11, Version::Soap12] {
        let reply = call_as(&adder(), version, Some("urn:adder:add"), header).await;
        assert!(reply.fault.is_none(), "{}", reply.body);
        for block in [
            ">urn:uuid:1</wsa:RelatesTo>",
            ">urn:adder:AdderPortType:addResponse</wsa:Action>",
            ">http://www.w3.org/2005/08/addressing/anonymous</wsa:To>",
            ">urn:uuid:",
            "<tns:sum>3</tns:sum>",
        ] {
            assert!(reply.body.contains(block), "no {block} in {}", reply.body);
        }
    }
    let (first, second) = (call(&adder(), header).await, call(&adder(), header).await);
    assert_ne!(first.body, second.body, "two replies have one message id");
}

#[tokio::test]
async fn what_the_caller_wants_back_comes_back_as_headers() {
    let header = "<a:MessageID>urn:uuid:1</a:MessageID><a:Action>a</a:Action>\
                  <a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address>\
                  <a:ReferenceParameters><k:key xmlns:k='urn:k' xmlns:p='urn:p' p:q='1&lt;'>a<p:b/>&amp;</k:key>\
                  <plain xmlns=''>text</plain></a:ReferenceParameters></a:ReplyTo>";
    let reply = call(&adder(), header).await;
    let Some((_, rest)) = reply.body.split_once("<p_:key xmlns:p_=\"urn:k\"") else { panic!("{}", reply.body) };
    for expected in [
        "wsa:IsReferenceParameter=\"true\"",
        "=\"urn:p\"",
        ":q=\"1&lt;\"",
        ">a<p:b ",
        "/>&amp;</p_:key>",
        "wsa:IsReferenceParameter=\"true\">text</plain>",
    ] {
        assert!(rest.contains(expected), "no {expected} in {}", reply.body);
    }
}

#[tokio::test]
async fn a_request_without_addresses_gets_none() {
    let reply = call(&adder(), "<unknown/>").await;
    assert!(!reply.body.contains("Header"), "{}", reply.body);
}

#[tokio::test]
async fn addresses_that_cannot_be_used_are_refused() {
    let id = "<a:MessageID>urn:uuid:1&lt;</a:MessageID>";
    let with = |more: &str| format!("{id}{more}");
    let action = "<a:Action>urn:adder:add</a:Action>";
    for (header, code, words) in [
        (with(""), "f:MessageAddressingHeaderRequired", "`wsa:Action` is missing"),
        (action.to_owned(), "f:MessageAddressingHeaderRequired", "`wsa:MessageID` is missing"),
        (with(&format!("{action}{action}")), "f:InvalidCardinality", "`wsa:Action` is there twice"),
        (with("<a:Action>urn:other</a:Action>"), "f:ActionMismatch", "is `urn:other`, and HTTP says `urn:adder:add`"),
        (
            with(&format!("{action}<a:ReplyTo><a:Address>http://attacker/</a:Address></a:ReplyTo>")),
            "f:OnlyAnonymousAddressSupported",
            "`wsa:ReplyTo` is `http://attacker/`",
        ),
    ] {
        for version in [Version::Soap11, Version::Soap12] {
            let reply = call_as(&adder(), version, Some("urn:adder:add"), &header).await;
            assert_fault(&reply, code, words);
            assert!(reply.body.contains("wsa:ProblemHeaderQName"), "{}", reply.body);
            let named = if header.starts_with(id) { "urn:uuid:1&lt;</wsa:RelatesTo>" } else { "" };
            assert!(reply.body.contains(named), "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn a_fault_of_the_method_is_related_to_its_request_as_well() {
    let header = "<a:MessageID>urn:uuid:1</a:MessageID><a:Action>a</a:Action><unknown e:mustUnderstand='1'/>";
    let reply = call(&adder(), header).await;
    assert_fault(&reply, ">urn:uuid:1</wsa:RelatesTo>", "must be understood");
    assert!(reply.body.contains("http://www.w3.org/2005/08/addressing/soap/fault"), "{}", reply.body);
}

#[tokio::test]
async fn no_more_headers_are_kept_that_must_be_understood_than_anybody_sends() {
    let header = |count: usize| "<unknown e:mustUnderstand='1'/>".repeat(count);
    assert_fault(&call(&adder(), &header(64)).await, "MustUnderstand", "`unknown`");
    assert_fault(&call(&adder(), &header(65)).await, "Client.LimitExceeded", "more than 64 headers");
    let others = "<unknown/>".repeat(10_000);
    assert!(call(&adder(), &others).await.fault.is_none());
}

fn secured() -> UsernameToken {
    UsernameToken::new(|user: &str| (user == "anna").then(|| "gehe&im".to_owned()))
}

fn with(token: UsernameToken) -> Service {
    adder().with_header_handler(token)
}

fn text_token(user: &str, password: &str) -> String {
    format!(
        "<s:Security e:mustUnderstand='1'><s:UsernameToken><s:Username>{user}</s:Username>\
         <s:Password>{password}</s:Password></s:UsernameToken></s:Security>"
    )
}

fn digest_token(nonce: &[u8], created: &str, password: &str) -> String {
    let digest = Sha1::new().chain_update(nonce).chain_update(created).chain_update(password).finalize();
    format!(
        "<s:Security><s:UsernameToken><s:Username>anna</s:Username><s:Password Type='{DIGEST}'>{}</s:Password>\
         <s:Nonce>{}</s:Nonce><u:Created>{created}</u:Created></s:UsernameToken></s:Security>",
        STANDARD.encode(digest),
        STANDARD.encode(nonce),
    )
}

fn seconds_from_now(seconds: i64) -> String {
    (Timestamp::now() + SignedDuration::from_secs(seconds)).to_string()
}

fn timestamp(created: i64, expires: i64) -> String {
    let (created, expires) = (seconds_from_now(created), seconds_from_now(expires));
    format!("<u:Timestamp><u:Created>{created}</u:Created><u:Expires>{expires}</u:Expires></u:Timestamp>")
}

#[tokio::test]
async fn the_right_password_is_let_in_as_text_and_as_digest() {
    let service = with(secured());
    for header in [
        text_token("anna", "gehe&amp;im"),
        digest_token(b"1", &seconds_from_now(-10), "gehe&im"),
        digest_token(b"2", &seconds_from_now(30), "gehe&im"),
        text_token("anna", "gehe&amp;im").replace("</s:Sec", &format!("{}</s:Sec", timestamp(-5, 60))),
    ] {
        let reply = call(&service, &header).await;
        assert!(reply.body.contains("<tns:sum>3</tns:sum>"), "{header}\n{}", reply.body);
    }
}

#[tokio::test]
async fn nobody_else_is_let_in_and_the_method_never_runs() {
    const WRONG: &str = "the user name or the password is wrong";
    let digest = || digest_token(b"n", &seconds_from_now(0), "gehe&im");
    let security = |content: &str| format!("<s:Security>{content}</s:Security>");
    let stamped = |stamp: &str| text_token("anna", "gehe&amp;im").replace("</s:Sec", &format!("{stamp}</s:Sec"));
    for (header, code, words) in [
        (String::new(), "f:InvalidSecurity", "`wsse:Security` with a `UsernameToken` is missing"),
        (security(""), "f:InvalidSecurity", "is missing"),
        (text_token("anna", "wrong"), "f:FailedAuthentication", WRONG),
        (text_token("bob", "gehe&amp;im"), "f:FailedAuthentication", WRONG),
        (digest_token(b"n", &seconds_from_now(0), "wrong"), "f:FailedAuthentication", WRONG),
        (digest_token(b"n", &seconds_from_now(0), "").replace("anna", "bob"), "f:FailedAuthentication", WRONG),
        (digest().replace("<s:Nonce>bg==</s:Nonce>", ""), "f:InvalidSecurityToken", "send both"),
        (digest().replace("bg==", "!"), "f:InvalidSecurityToken", "`wsse:Nonce` is no base64"),
        (digest().replace("PasswordDigest", "Other"), "f:UnsupportedSecurityToken", "neither that of a text"),
        (digest_token(b"n", &seconds_from_now(-301), "gehe&im"), "f:MessageExpired", "may be 300 s old"),
        (digest_token(b"n", &seconds_from_now(100), "gehe&im"), "f:MessageExpired", "in the future"),
        (digest_token(b"n", "yesterday", "gehe&im"), "f:InvalidSecurity", "`yesterday` is no xs:dateTime"),
        (stamped(&timestamp(-20, -10)), "f:MessageExpired", "has expired"),
        (stamped(&timestamp(-400, 10)), "f:MessageExpired", "may be 300 s old"),
        (stamped("<d:Signature xmlns:d='d'/>"), "f:UnsupportedSecurityToken", "`Signature` in `wsse:Security`"),
        (text_token("anna", "gehe&amp;im").repeat(2), "f:InvalidSecurity", "two headers"),
        (
            digest().replace("<s:Nonce>", "<s:Nonce>bg==</s:Nonce><s:Nonce>"),
            "f:InvalidSecurity",
            "`Nonce` is there twice",
        ),
        (
            text_token("bob", "gehe&amp;im").replace("<s:Pass", "<s:Username>anna</s:Username><s:Pass"),
            "f:InvalidSecurity",
            "`Username` is there twice",
        ),
        (
            stamped(&timestamp(-5, -5).replace("</u:T", "<u:Expires>9999-01-01T00:00:00Z</u:Expires></u:T")),
            "f:InvalidSecurity",
            "`Expires` is there twice",
        ),
    ] {
        for version in [Version::Soap11, Version::Soap12] {
            let reply = call_as(&with(secured()), version, None, &header).await;
            assert_fault(&reply, code, words);
            assert!(!reply.body.contains("gehe"), "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn a_token_is_taken_once() {
    let (service, header) = (with(secured()), digest_token(b"n", &seconds_from_now(0), "gehe&im"));
    assert!(call(&service, &header).await.fault.is_none());
    assert_fault(&call(&service, &header).await, "f:FailedCheck", "was used before");
    // A wrong password does not use up the nonce of the right one.
    let service = with(secured());
    let created = seconds_from_now(0);
    assert!(call(&service, &digest_token(b"n", &created, "wrong")).await.fault.is_some());
    assert!(call(&service, &digest_token(b"n", &created, "gehe&im")).await.fault.is_none());
}

#[tokio::test]
async fn a_service_may_ask_for_more() {
    let text = text_token("anna", "gehe&amp;im");
    let reply = call(&with(secured().require_timestamp()), &text).await;
    assert_fault(&reply, "f:InvalidSecurity", "`wsu:Timestamp` is missing");
    let ageless = "<u:Timestamp><u:Expires>9999-01-01T00:00:00Z</u:Expires></u:Timestamp></s:Sec";
    let reply = call(&with(secured().require_timestamp()), &text.replace("</s:Sec", ageless)).await;
    assert_fault(&reply, "f:InvalidSecurity", "`wsu:Created` is missing");
    let reply = call(&with(secured().require_digest()), &text).await;
    assert_fault(&reply, "f:UnsupportedSecurityToken", "send its digest");
    let patient = secured().max_age(std::time::Duration::from_secs(1000));
    let reply = call(&with(patient), &digest_token(b"n", &seconds_from_now(-500), "gehe&im")).await;
    assert!(reply.fault.is_none(), "{}", reply.body);
}

/// Keeps no passwords, as it should be.
struct Hashes;

impl Passwords for Hashes {
    fn password(&self, _: &str) -> Option<String> {
        None
    }
    fn check(&self, user: &str, password: &str) -> bool {
        (user, password.len()) == ("anna", 7)
    }
}

#[tokio::test]
async fn who_keeps_hashes_takes_text_only() {
    let service = with(UsernameToken::new(Hashes));
    assert!(call(&service, &text_token("anna", "gehe&amp;im")).await.fault.is_none());
    let reply = call(&service, &digest_token(b"n", &seconds_from_now(0), "gehe&im")).await;
    assert_fault(&reply, "f:FailedAuthentication", "is wrong");
}
