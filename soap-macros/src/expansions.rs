//! What the macros expand to, as reviewed text.
//!
//! `INSTA_UPDATE=always cargo test -p soap-macros` accepts what has changed.

use proc_macro2::TokenStream;
use quote::quote;

mod interfaces;
mod types;

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
fn a_service_whose_messages_look_otherwise() {
    let expansion = crate::service::expand(
        quote!(soap12, style = "document"),
        quote! {
            impl Courier {
                #[operation(outputs(number), headers(session, trace))]
                async fn send(
                    &self,
                    #[soap(header)] session: Session,
                    #[soap(header, name = "Trace")] trace: Option<Trace>,
                    address: String,
                ) -> Result<WithHeaders<u64, (MustUnderstand<Session>, Option<Trace>)>, Refused> {
                    self.carry(session, trace, address)
                }

                #[operation(bare, request = "Parcel", response = "Places")]
                fn track(&self, parcel: Parcel) -> Places {}

                #[operation(one_way)]
                fn forget(&self, number: u64) {}
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn messages_that_cannot_be() {
    let expansion = crate::service::expand(
        quote!(style = "encoded", soap12 = true),
        quote! {
            impl Courier {
                #[operation(bare, one_way, outputs(a, b), headers(a, a), response = "1")]
                fn send(&self, a: u8, b: u8, #[soap(header)] c: u8, #[soap(header, name = "c")] d: u8) {}

                #[operation(request = "forget", bare = true)]
                fn track(&self) {}

                #[operation]
                fn forget(&self) {}

                #[job(bare)]
                async fn carry(&self, job: Job, #[soap(header)] session: Session) {}
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn what_rpc_cannot_say() {
    let expansion = crate::service::expand(
        quote!(style = "rpc"),
        quote! {
            impl Courier {
                #[operation(bare, request = "A", response = "B")]
                fn send(&self, a: u8) {}

                #[operation(outputs(number))]
                fn track(&self, a: u8) -> u8 {}

                #[job]
                async fn carry(&self, job: Job) {}
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
fn a_service_with_jobs() {
    let expansion = crate::service::expand(
        quote!(path = "/mesh/Mesher", on_failure(complete(result)), abort_output = "aborted"),
        quote! {
            impl Mesher {
                /// Makes a mesh.
                #[job(name = "startMesher", outputs(result, quality), requeue)]
                async fn mesh(
                    &self,
                    job: Job,
                    /// Of the elements, in mm.
                    #[soap(default = 1.0)] size: f64,
                ) -> Result<(String, f64), JobError> {
                    job.progress(1, 2).await?;
                }

                #[job(outputs(result, quality))]
                fn refine(&self, _: BlockingJob) -> (String, f64) {}

                #[operation(outputs(response))]
                fn notify_service(&self, service_id: ServiceId, message: String) -> String {
                    message
                }
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn faulty_jobs() {
    let expansion = crate::service::expand(
        quote!(on_failure(complete(reason)), on_failure(page)),
        quote! {
            impl Mesher {
                #[job(requeue = true, retry)]
                async fn handleless(&self) -> String {}

                #[operation]
                #[job]
                #[job]
                fn both(&self) {}

                #[job(outputs(status_base64))]
                fn taken(&self, job: BlockingJob, service_id: String, #[soap(name = "sessionToken")] token: String) {}

                #[job]
                fn keyed(&self, #[soap(default)] job: &Job) {}

                #[job(outputs(result, log))]
                async fn mesh(&self, job: Job) -> Result<(String, f64), JobError> {}

                #[job(outputs(result))]
                async fn refine(&self, job: Job) -> Result<String, JobError> {}

                #[job]
                async fn get_service_status(&self, job: Job) -> Progress {}

                #[job]
                async fn coarsen(&self, job: Job) -> Progress {}
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
            #[soap(subcode = "OutOfStock")]
            Refused(Refusal),
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
