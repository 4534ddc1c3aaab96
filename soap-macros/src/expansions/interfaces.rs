//! Traits, what implements them, and clients.

use quote::quote;

use super::printed;
use crate::service::expand;

#[test]
fn a_trait() {
    let expansion = expand(
        quote!(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns"),
        quote! {
            /// Waits for a while.
            pub trait Waiter {
                /// Starts to wait.
                #[job(name = "startWaiter", outputs(result))]
                async fn wait(
                    &self,
                    job: Job,
                    /// How long to wait, in seconds.
                    #[soap(default = 300)]
                    seconds_to_wait: u32,
                ) -> Result<String, JobError>;

                #[operation(outputs(sum))]
                fn add(&self, a: f64, b: f64) -> Result<f64, Fault>;

                fn double(&self, number: f64) -> f64 {
                    2.0 * number
                }
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn an_implementation() {
    let expansion = expand(
        quote!(),
        quote! {
            impl<C: Clock> api::Waiter for MyWaiter<C> {
                async fn wait(&self, job: Job, seconds_to_wait: u32) -> Result<String, JobError> {
                    self.clock.wait(job, seconds_to_wait).await
                }
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_block_with_a_client() {
    let expansion = expand(
        quote!(client),
        quote! {
            impl Courier {
                #[operation(outputs(number), headers(session))]
                async fn send(
                    &self,
                    #[soap(header)] session: Session,
                    service_id: ServiceId,
                    address: String,
                ) -> Result<WithHeaders<u64, Session>, Refused> {
                    self.carry(session, trace, address)
                }

                #[operation(one_way)]
                fn forget(&self, number: u64) {}
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn faulty_traits() {
    let expansion = expand(
        quote!(client),
        quote! {
            trait Waiter {
                #[operation]
                fn add(&mut self, a: f64) -> f64;

                #[operation]
                fn subtract(&self, a: f64) -> f64 {
                    a
                }

                #[operation]
                #[cfg(unix)]
                fn over(&self) -> f64;

                fn helper(&self) -> f64;
            }
        },
    );
    let other = expand(
        quote!(),
        quote! {
            trait Waiter<T>: Clock {
                type Time;
                const SECONDS: u32;

                #[operation]
                fn add(&self, a: f64) -> f64;
            }
        },
    );
    insta::assert_snapshot!(printed(quote!(#expansion #other)));
}

#[test]
fn a_faulty_implementation() {
    let expansion = expand(
        quote!(path = "/waiter", soap12),
        quote! {
            impl Waiter for MyWaiter {
                #[operation]
                fn add(&self, #[soap(default = 1.0)] a: f64) -> f64 {
                    a
                }
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}
