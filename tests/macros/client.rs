//! The clients that `#[soap_service]` makes, without a socket.

use soap_runtime::{Fault, Job, JobError, Service, soap_service};

/// Waits, and adds.
#[soap_service(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns", naming = "flask-spyne")]
trait Waiter {
    /// Starts to wait.
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(
        &self,
        job: Job,
        /// How long.
        #[soap(default = 300)]
        seconds_to_wait: u32,
    ) -> Result<String, JobError>;

    #[operation(outputs(sum))]
    fn add(&self, a: f64, b: f64) -> Result<f64, Fault>;

    /// Says hello.
    #[operation(outputs(greeting))]
    async fn greet(&self, name: String, #[soap(default = "Hello".to_owned())] first_word: String) -> String;

    /// Not for callers.
    fn double(&self, number: f64) -> f64 {
        2.0 * number
    }
}

struct MyWaiter;

#[soap_service]
impl Waiter for MyWaiter {
    async fn wait(&self, job: Job, seconds_to_wait: u32) -> Result<String, JobError> {
        job.sleep(std::time::Duration::from_secs(seconds_to_wait.into())).await?;
        Ok("FINISHED".to_owned())
    }

    fn add(&self, a: f64, b: f64) -> Result<f64, Fault> {
        if a.is_nan() { Err(Fault::client("no number")) } else { Ok(self.double(a) / 2.0 + b) }
    }

    async fn greet(&self, name: String, first_word: String) -> String {
        format!("{first_word}, {name}!")
    }
}

fn client() -> WaiterClient {
    WaiterClient::over(Service::new(MyWaiter).expect("the description is sound"))
}

#[tokio::test]
async fn a_client_has_a_method_for_each_operation() {
    let client = client();
    let sum: f64 = client.add(1.0, 2.0).await.expect("it adds");
    assert_eq!(sum, 3.0);
    assert_eq!(client.greet("Ada", None).await.expect("it greets"), "Hello, Ada!");
    assert_eq!(client.greet("Ada", "Bye".to_owned()).await.expect("it greets"), "Bye, Ada!");
    let error = client.add(f64::NAN, 1.0).await.expect_err("that is no number");
    assert_eq!(error.to_string(), "no number (Client)");
}
