//! A trait, what implements it, and its client are as public as the trait, and nothing of them is warned of.

#![deny(warnings, missing_docs, unreachable_pub)]

use soap_runtime::{App, soap_service};

mod api {
    use soap_runtime::{Job, JobError, SoapType, soap_service};

    /// A number of this crate alone.
    #[derive(Clone, Copy, Debug, SoapType)]
    pub(crate) struct Number(pub(crate) f64);

    /// Waits, and adds.
    #[soap_service(path = "/waiter/Waiter")]
    pub(crate) trait Waiter {
        /// Starts to wait.
        #[job(name = "startWaiter", outputs(result))]
        async fn wait(&self, job: Job, #[soap(default = 300)] seconds_to_wait: u32) -> Result<String, JobError>;

        #[operation(outputs(sum))]
        fn add(&self, a: Number, b: Number) -> Number;

        fn helper(&self) -> u32 {
            5
        }
    }
}

mod server {
    use soap_runtime::{Job, JobError, soap_service};

    use super::api::{self, Number};

    pub(crate) struct MyWaiter<T>(pub(crate) T);

    #[soap_service]
    impl<T: Into<f64> + Copy + Send + Sync + 'static> api::Waiter for MyWaiter<T> {
        async fn wait(&self, _: Job, seconds_to_wait: u32) -> Result<String, JobError> {
            Ok((seconds_to_wait + self.helper()).to_string())
        }

        fn add(&self, Number(a): Number, b: Number) -> Number {
            Number(a + b.0 + self.0.into())
        }
    }
}

struct Own;

// Nobody uses its client.
#[soap_service(client)]
impl Own {
    #[operation]
    fn secret(&self, number: api::Number) -> api::Number {
        number
    }
}

async fn _call(client: api::WaiterClient) -> Option<f64> {
    let sum = client.add(api::Number(1.0), api::Number(2.0)).await.ok()?;
    Some(sum.0)
}

fn _is_send(client: api::WaiterClient) -> impl Send {
    async move { client.start_waiter("id", "token", None).await.is_ok() }
}

fn main() {
    fn local() -> impl soap_runtime::SoapService {
        /// Inside of a function.
        #[soap_service]
        trait Local {
            #[operation]
            async fn ask(&self);
        }

        struct Here;

        #[soap_service]
        impl Local for Here {
            async fn ask(&self) {}
        }

        Here
    }
    let _app = App::new().service(server::MyWaiter(1.0_f32)).service(Own).service(local());
    assert!(api::WaiterClient::connect("http://localhost:8080/waiter/Waiter").is_ok());
    assert!(api::WaiterClient::connect("localhost").is_err());
}
