use soap_runtime::SoapFault;

#[derive(SoapFault)]
union DeskError {
    number: u32,
    real: f32,
}

fn main() {}
