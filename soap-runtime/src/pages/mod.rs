//! stub
use crate::describe::ServiceDescription;
pub(crate) fn documentation(d: &ServiceDescription, a: &str) -> String {
    format!("<h1>{} {a}</h1>", d.name)
}
