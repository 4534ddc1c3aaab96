//! What the macros expand to, as reviewed text.
//!
//! `INSTA_UPDATE=always cargo test -p soap-macros` accepts what has changed.

use proc_macro2::TokenStream;
use quote::quote;

fn printed(expansion: TokenStream) -> String {
    let file = syn::parse2(expansion).expect("an expansion is a file of items");
    prettyplease::unparse(&file)
}

#[test]
fn a_service() {
    let keys = quote!(path = "/waiter/Waiter", namespace = "tns", name = "WaiterService", naming = "flask-spyne");
    let expansion = crate::service::expand(
        keys,
        quote! {
            /// Waits for a while.
            impl Waiter {
                /// Starts the waiter.
                #[operation(outputs(status_base64, result))]
                async fn start_waiter(
                    &self,
                    service_id: ServiceId,
                    /// How long to wait, in seconds.
                    #[soap(default = 300, xsd = "integer")]
                    mut seconds_to_wait: u32,
                    #[soap(default, name = "note")] _remark: String,
                ) -> Result<(Status, String), Fault> {
                    seconds_to_wait += 1;
                }

                #[operation]
                fn forget(&self) {}

                #[allow(unused)]
                fn helper(&self, a: u8) -> u8 {
                    a
                }
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_faulty_service_keeps_its_methods_and_what_is_right() {
    let expansion = crate::service::expand(
        quote!(path = "waiter", colour = "red"),
        quote! {
            impl Waiter {
                #[operation(outputs(sum))]
                fn add(&mut self, #[soap(nam = "x")] a: &str, (b, c): (u8, u8)) -> f64 {
                    0.0
                }

                #[operation]
                fn echo(&self, text: String) -> String {
                    text
                }
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn an_output() {
    let expansion = crate::derive::expand_output(quote! {
        struct Progress {
            /// The page.
            status_base64: Status,
            #[soap(name = "result")]
            outcome: Option<String>,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn faults() {
    let expansion = crate::derive::expand_fault(quote! {
        #[soap(client)]
        enum MeshError {
            /// There is no such mesh.
            NotFound { name: String, #[soap(skip)] secret: u8, #[soap(name = "hint")] hints: Vec<String> },
            #[soap(name = "EmptyMesh")]
            Empty,
            #[soap(server)]
            Unreadable(#[soap(skip)] std::io::Error),
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_fault() {
    let expansion = crate::derive::expand_fault(quote! {
        #[soap(client)]
        struct NotFound<T: SoapType + Debug> {
            name: T,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}
