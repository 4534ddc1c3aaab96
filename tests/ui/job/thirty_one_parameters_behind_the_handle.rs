use soap_runtime::{Job, soap_service};

struct Mesher;

#[soap_service]
impl Mesher {
    #[job(outputs(result))]
    async fn mesh(
        &self,
        _job: Job,
        _p0: String, _p1: String, _p2: String, _p3: String, _p4: String, _p5: String, _p6: String, _p7: String,
        _p8: String, _p9: String, _p10: String, _p11: String, _p12: String, _p13: String, _p14: String, _p15: String,
        _p16: String, _p17: String, _p18: String, _p19: String, _p20: String, _p21: String, _p22: String, _p23: String,
        _p24: String, _p25: String, _p26: String, _p27: String, _p28: String, _p29: String, _p30: String,
    ) -> String {
        String::new()
    }
}

fn main() {}
