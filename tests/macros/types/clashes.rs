//! What only shows when a service starts: names that come from several types.

use soap_runtime::{Service, SoapService, SoapType, soap_service};

/// Why `service` cannot start.
fn problem<S: SoapService>(service: S) -> String {
    Service::new(service).err().expect("names clash").to_string()
}

mod other {
    use super::*;

    #[derive(SoapType)]
    pub(super) struct Order {
        pub(super) id: u8,
    }

    #[derive(SoapType)]
    #[soap(namespace = "urn:other")]
    pub(super) struct Line {
        pub(super) id: u8,
    }
}

#[derive(SoapType)]
struct Order {
    id: String,
}

#[derive(SoapType)]
struct Line {
    id: String,
}

#[test]
fn two_types_of_one_name_are_both_named() {
    struct Shop;

    #[soap_service(namespace = "urn:t")]
    impl Shop {
        #[operation]
        fn put(&self, order: Order, others: Vec<other::Order>) {
            drop((order.id, others.into_iter().map(|other| other.id).max()));
        }
    }

    assert_eq!(
        problem(Shop),
        "service `Shop`: two types are called `Order` in namespace `urn:t`: `macros::types::clashes::Order` and \
         `macros::types::clashes::other::Order`; rename one with `#[soap(name = \"…\")]`, or give it a namespace"
    );
}

#[test]
fn a_namespace_tells_two_types_of_one_name_apart() {
    struct Shop;

    #[soap_service(namespace = "urn:t")]
    impl Shop {
        #[operation]
        fn put(&self, line: Line, other: Option<other::Line>) {
            drop((line.id, other.map(|other| other.id)));
        }
    }

    assert!(Service::new(Shop).is_ok());
}

#[test]
fn fields_that_come_from_other_types_may_clash() {
    #[derive(SoapType)]
    struct Bill {
        #[soap(flatten)]
        order: Order,
        #[soap(name = "id")]
        own: u8,
    }

    #[derive(SoapType)]
    struct Base {
        #[soap(attribute)]
        id: u8,
    }

    #[derive(SoapType)]
    struct Derived {
        #[soap(extends)]
        base: Base,
        #[soap(attribute, name = "id")]
        own: u8,
    }

    struct Bills;

    #[soap_service(namespace = "urn:t")]
    impl Bills {
        #[operation]
        fn put(&self, bill: Bill) {
            drop((bill.order.id, bill.own));
        }
    }

    struct Deriveds;

    #[soap_service(namespace = "urn:t")]
    impl Deriveds {
        #[operation]
        fn put(&self, derived: Derived) {
            assert_ne!(derived.base.id, derived.own);
        }
    }

    let elements = problem(Bills);
    assert!(elements.contains("the type `Bill` has two elements called `id`"), "{elements}");
    let attributes = problem(Deriveds);
    assert!(attributes.contains("the type `Derived` has two attributes called `id`"), "{attributes}");
    assert!(attributes.contains("clashes::") && attributes.contains("::Derived`"), "{attributes}");
}

#[test]
fn facets_that_cannot_be_kept_are_told_where_they_stand() {
    #[derive(SoapType)]
    struct Bill {
        #[soap(max = 3, default = 4)]
        copies: u8,
    }

    struct Shop;

    #[soap_service(namespace = "urn:t")]
    impl Shop {
        #[operation]
        fn put(&self, bill: Bill) {
            assert!(bill.copies < 4);
        }
    }

    let problem = problem(Shop);
    assert!(problem.contains("`copies` of `Bill` is restricted by what cannot be: its default is 4"), "{problem}");
}
