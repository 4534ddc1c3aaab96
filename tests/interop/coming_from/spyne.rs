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
    cells: u64,
}

/// What Spyne makes of `Array(Double)`: one element that holds one for each number, called after its type.
#[derive(SoapType)]
#[soap(name = "doubleArray")]
struct Sizes {
    double: Vec<f64>,
}

/// The same of `Array(CellCount)`.
#[derive(SoapType)]
#[soap(name = "CellCountArray")]
struct CellCounts {
    #[soap(name = "CellCount")]
    estimates: Vec<CellCount>,
}

/// There would be more cells than allowed.
#[derive(Debug, thiserror::Error, SoapFault)]
#[error("size {size} gives {cells} cells")]
#[soap(client, subcode = "TooFine")]
struct TooFine {
    size: f64,
    cells: u64,
}

impl Block {
    fn cells(&self, size: f64) -> u64 {
        self.edges.iter().map(|edge| (edge / size).ceil() as u64).product()
    }
}

struct Mesher;

#[soap_service(path = "/mesher", namespace = "urn:mesher", name = "MesherService", naming = "spyne")]
impl Mesher {
    /// Counts the cells for several sizes.
    #[operation(outputs(estimates))]
    fn estimate(
        &self,
        block: Block,
        sizes: Sizes,
        #[soap(xsd = "integer")] limit: Option<u64>,
    ) -> Result<CellCounts, TooFine> {
        let mut estimates = Vec::new();
        for size in sizes.double {
            let cells = block.cells(size);
            if limit.is_some_and(|limit| cells > limit) {
                return Err(TooFine { size, cells });
            }
            estimates.push(CellCount { size, cells });
        }
        Ok(CellCounts { estimates })
    }

    /// Starts to mesh, and returns at once.
    #[job(name = "startMeshing", outputs(result))]
    async fn mesh(
        &self,
        job: Job,
        block: Block,
        size: f64,
        #[soap(default = 10, xsd = "integer")] seconds: u32,
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
