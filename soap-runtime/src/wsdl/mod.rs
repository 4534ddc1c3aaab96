//! stub
use crate::describe::ServiceDescription;
pub(crate) struct Wsdl(String);
impl Wsdl {
    pub(crate) fn new(d: &ServiceDescription) -> Self {
        Self(d.name.to_owned())
    }
    pub(crate) fn at(&self, a: &str) -> String {
        format!("<wsdl name='{}' at='{a}'/>\n", self.0)
    }
}
