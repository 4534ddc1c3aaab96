use soap_runtime::{Fault, Job, JobError, soap_service};

struct Point;

struct Desk;

#[soap_service(client)]
impl Desk {
    #[operation]
    fn add(&self, a: Point, all: Vec<Point>) -> Result<f64, Fault> {
        drop((a, all));
        Ok(0.0)
    }

    #[job(name = "startWaiter")]
    async fn wait(&self, _job: Job) -> Result<Point, JobError> {
        Ok(Point)
    }
}

fn main() {}
