use soap_runtime::SoapFault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum DeskError {
    #[error("no {}", path.display())]
    Unknown { path: std::path::PathBuf },
}

fn main() {}
