use soap_runtime::soap_service;

#[soap_service]
struct Desk;

fn main() {}
