use soap_runtime::soap_service;

struct Desk;

#[soap_service]
impl Desk {
    #[operation]
    fn greet(
        &self,
        p0: String, p1: String, p2: String, p3: String, p4: String, p5: String, p6: String, p7: String,
        p8: String, p9: String, p10: String, p11: String, p12: String, p13: String, p14: String, p15: String,
        p16: String, p17: String, p18: String, p19: String, p20: String, p21: String, p22: String, p23: String,
        p24: String, p25: String, p26: String, p27: String, p28: String, p29: String, p30: String, p31: String,
        p32: String,
    ) -> String {
        p0
    }
}

fn main() {}
