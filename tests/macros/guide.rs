use std::time::Duration;

use soap_runtime::client::Progress;
use soap_runtime::testing::Server;
use soap_runtime::{Job, JobError, soap_service};

struct Waiter;

#[soap_service(client)]
impl Waiter {
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(&self, job: Job, seconds_to_wait: u32) -> Result<String, JobError> {
        for second in 1..=seconds_to_wait {
            job.sleep(Duration::from_secs(1)).await?;
            job.progress(second, seconds_to_wait).await?;
        }
        Ok("FINISHED".to_owned())
    }
}

#[tokio::test(start_paused = true)]
async fn half_an_hour_is_half_of_an_hour() {
    let server = Server::new().service(Waiter).start().await;
    let client = server.client::<WaiterClient>();
    client.start_waiter("id-1", "token", 3600_u32).await.expect("it begins");
    tokio::time::sleep(Duration::from_secs(1801)).await;
    let Ok(Progress::Page(page)) = client.get_service_status("id-1", "token").await else { panic!("it goes on") };
    assert!(page.contains("50%"), "{page}");
    tokio::time::sleep(Duration::from_secs(1801)).await;
    let ended = client.get_service_status("id-1", "token").await.expect("it has ended");
    assert_eq!(ended, Progress::Completed("FINISHED".to_owned()));
}
