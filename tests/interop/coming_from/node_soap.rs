use std::time::Duration;

use soap_runtime::{App, ExitCode, Job, JobError, SoapFault, SoapType, soap_service};

/// What is to be meshed.
#[derive(SoapType)]
struct Block {
    name: String,
    edges: Vec<f64>,
}

/// How many cells there are with a size.
#[derive(SoapType)]
struct CellCount {
    size: f64,
    cells: i64,
}

/// There would be more cells than allowed.
#[derive(Debug, thiserror::Error, SoapFault)]
#[error("size {size} gives {cells} cells")]
#[soap(client)]
struct TooFine {
    size: f64,
    cells: i64,
}

impl Block {
    fn cells(&self, size: f64) -> i64 {
        self.edges.iter().map(|edge| (edge / size).ceil() as i64).product()
    }
}

struct Mesher;

#[soap_service(path = "/mesher", namespace = "urn:mesher")]
impl Mesher {
    /// Counts the cells for several sizes.
    #[operation(outputs(estimates))]
    fn estimate(&self, block: Block, sizes: Vec<f64>, limit: Option<i64>) -> Result<Vec<CellCount>, TooFine> {
        let mut estimates = Vec::new();
        for size in sizes {
            let cells = block.cells(size);
            if limit.is_some_and(|limit| cells > limit) {
                return Err(TooFine { size, cells });
            }
            estimates.push(CellCount { size, cells });
        }
        Ok(estimates)
    }

    /// Starts to mesh, and returns at once.
    #[job(name = "startMeshing", outputs(result))]
    async fn mesh(
        &self,
        job: Job,
        block: Block,
        size: f64,
        #[soap(default = 10)] seconds: i32,
    ) -> Result<String, JobError> {
        for second in 0..seconds {
            job.progress(second, seconds).await?;
            job.sleep(Duration::from_secs(1)).await?;
        }
        Ok(format!("{}: {} cells", block.name, block.cells(size)))
    }
}

fn main() -> ExitCode {
    App::new().service(Mesher).run()
}
