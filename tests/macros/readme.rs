use std::time::Duration;

use soap_runtime::client::Progress;
use soap_runtime::testing::Server;
use soap_runtime::{Job, JobError, soap_service};

struct Baker;

#[soap_service(client)]
impl Baker {
    #[job(name = "startBaking", outputs(bread))]
    async fn bake(&self, job: Job, minutes: u64) -> Result<String, JobError> {
        job.sleep(Duration::from_secs(60 * minutes)).await?;
        Ok(format!("baked for {minutes} minutes"))
    }
}

#[tokio::test(start_paused = true)]
async fn bread_is_ready_after_an_hour() {
    let server = Server::new().service(Baker).start().await;
    let client = server.client::<BakerClient>();
    client.start_baking("id-1", "token", 60_u64).await.expect("the oven is free");
    tokio::time::sleep(Duration::from_secs(3601)).await;
    let bread = client.get_service_status("id-1", "token").await.expect("nothing burns");
    assert_eq!(bread, Progress::Completed("baked for 60 minutes".to_owned()));
}
