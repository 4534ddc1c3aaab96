// Generated from `gss.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, SoapType, soap_service};

/// Where the WSDL says that `GenericStorage` is.
pub const ADDRESS: &str = "https://storage.example.org/gss/Gss";

#[soap_service(
    name = "GenericStorageService",
    path = "/gss/Gss",
    namespace = "http://gss.example.org/",
    form = "unqualified",
    foreign
)]
pub trait GenericStorage {
    /// What is known of a resource.
    ///
    /// Declared fault: `FileNotFoundException`, whose detail is the element `fileNotFound`, a `FileNotFound`.
    #[operation(action = "", outputs("return"))]
    async fn get_resource_information(
        &self,
        file_id: Option<String>,
        #[soap(name = "session_id")]
        session_id: Option<String>,
    ) -> Result<Option<ResourceInformation>, Fault>;
    #[operation(action = "", outputs("return"))]
    async fn list_resources(
        &self,
        folder_id: Option<String>,
        #[soap(name = "session_id")]
        session_id: Option<String>,
    ) -> Result<Vec<ResourceInformation>, Fault>;
}

/// What is known of a file or folder, and how its bytes travel.
#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "resourceInformation", rename_all = "camelCase")]
pub struct ResourceInformation {
    pub visual_name: Option<String>,
    pub unique_name: Option<String>,
    pub r#type: Option<ResourceType>,
    pub query_for_name: bool,
    pub create_description: Option<RequestDescription>,
    pub read_description: Option<RequestDescription>,
    pub update_description: Option<RequestDescription>,
    pub delete_description: Option<RequestDescription>,
    pub meta_read_description: Option<RequestDescription>,
}

#[derive(Clone, Copy, Debug, PartialEq, SoapType)]
#[soap(name = "resourceType")]
pub enum ResourceType {
    #[soap(name = "FILE")]
    File,
    #[soap(name = "FOLDER")]
    Folder,
    #[soap(name = "NOTEXIST")]
    Notexist,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "requestDescription", rename_all = "camelCase")]
pub struct RequestDescription {
    pub supported: bool,
    pub url: Option<String>,
    pub http_method: Option<String>,
    pub headers: Vec<Option<HeaderField>>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "headerField")]
pub struct HeaderField {
    pub key: String,
    pub value: String,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "fileNotFound")]
pub struct FileNotFound {
    #[soap(name = "fileID")]
    pub file_id: String,
}
