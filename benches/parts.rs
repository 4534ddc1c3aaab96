//! The parts of a call, each alone: what a change to one of them costs or saves.
//!
//! `cargo bench --bench parts`; times are only worth comparing within one run.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use soap_runtime::{Limits, Request, Service, ServiceId, SessionToken, Status, Wsdl, soap_service};

/// Answers with a page of a given size.
struct Pages {
    page: String,
}

#[soap_service(namespace = "tns")]
impl Pages {
    #[operation(outputs(status_base64, result))]
    async fn get_service_status(&self, _service_id: ServiceId, _session_token: SessionToken) -> (Status, String) {
        (Status::page(self.page.as_str()), "UNSET".to_owned())
    }

    #[operation(outputs(length))]
    async fn measure(&self, text: String) -> u64 {
        text.len() as u64
    }

    #[operation(outputs(sum))]
    async fn sum(&self, values: Vec<f64>) -> f64 {
        values.iter().sum()
    }
}

fn service(page_size: usize) -> Service {
    Service::new(Pages { page: "p".repeat(page_size) }).expect("it fits the rules")
}

fn envelope(operation: &str) -> Bytes {
    Bytes::from(format!(
        "<?xml version='1.0' encoding='utf-8'?>\n<soap-env:Envelope xmlns:soap-env=\
         \"http://schemas.xmlsoap.org/soap/envelope/\"><soap-env:Body>{operation}</soap-env:Body></soap-env:Envelope>"
    ))
}

fn poll() -> Bytes {
    envelope(
        "<ns0:getServiceStatus xmlns:ns0=\"tns\"><ns0:serviceID>5b6f1c1a-7d2e-4f8e-9a54-000000000001</ns0:serviceID>\
         <ns0:sessionToken>0123456789abcdef0123456789abcdef</ns0:sessionToken></ns0:getServiceStatus>",
    )
}

/// Calls `service` with `body`; the buffer is handed over, as the transport does.
fn call(bench: &mut Criterion, name: &str, service: &Service, body: &Bytes) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut group = bench.benchmark_group("call");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter_batched(
            || Bytes::from(body.to_vec()),
            |body| {
                let request = Request { body, charset: None, action: None, limits: Limits::default() };
                runtime.block_on(service.call(request))
            },
            BatchSize::SmallInput,
        );
    });
}

fn calls(bench: &mut Criterion) {
    call(bench, "poll, page of 960 bytes", &service(960), &poll());
    call(bench, "poll, page of 1 MiB", &service(1 << 20), &poll());
    let text = envelope(&format!("<measure xmlns=\"tns\"><text>{}</text></measure>", "x".repeat(1 << 20)));
    call(bench, "text of 1 MiB", &service(0), &text);
    let escaped =
        envelope(&format!("<measure xmlns=\"tns\"><text>{}</text></measure>", "a &lt; b\r\n".repeat(100_000)));
    call(bench, "escaped text of 1 MB", &service(0), &escaped);
    let values: String = (0..10_000).map(|n| format!("<values>{}.25</values>", n)).collect();
    call(bench, "10,000 doubles", &service(0), &envelope(&format!("<sum xmlns=\"tns\">{values}</sum>")));
    call(bench, "refusal", &service(0), &envelope("<unknown xmlns=\"tns\"/>"));
}

fn documents(bench: &mut Criterion) {
    let service = service(0);
    bench.bench_function("WSDL, made anew", |bencher| bencher.iter(|| Wsdl::new(black_box(service.description()))));
    let wsdl = Wsdl::new(service.description());
    bench.bench_function("WSDL, address filled in", |bencher| {
        bencher.iter(|| wsdl.at(black_box("https://services.example/sintef/docker_services/pages/Pages")));
    });
}

criterion_group!(benches, calls, documents);
criterion_main!(benches);
