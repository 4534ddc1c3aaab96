//! A service is registered where it is written: in a private module, in a function, in a block that never runs.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub)]

use soap_runtime::{App, soap_service};

mod inner {
    mod hidden {
        pub(super) struct Deep<T>(pub(super) T);

        #[soap_runtime::soap_service]
        impl Deep<u8> {
            #[operation(outputs(answer))]
            fn ask(&self) -> u8 {
                self.0
            }
        }
    }

    pub(crate) fn deep() -> impl soap_runtime::SoapService {
        hidden::Deep(1_u8)
    }
}

fn local() -> impl soap_runtime::SoapService {
    struct Local;

    #[soap_service]
    impl Local {
        #[operation]
        fn ask(&self) {}
    }

    Local
}

/// Nobody calls this one.
#[allow(dead_code)]
fn never_called() {
    struct Unused;

    #[soap_service]
    impl Unused {
        #[operation]
        fn ask(&self) {}
    }
}

fn main() {
    let _app = App::new().service(inner::deep()).service(local());
    // The program `soap` has a service of its own.
    let registered = soap_runtime::__private::Registered::all()
        .filter(|service| !service.module().starts_with("soap_runtime::"));
    let mut types: Vec<_> = registered.map(|service| service.type_name().rsplit("::").next()).collect();
    types.sort_unstable();
    assert_eq!(types, [Some("Deep<u8>"), Some("Local"), Some("Unused")]);
}
