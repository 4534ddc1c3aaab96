//! The same for `#[derive(SoapType)]`, and for facets wherever they stand.

use quote::quote;

use super::printed;

#[test]
fn a_type() {
    let expansion = crate::derive::expand_type(quote! {
        /// What somebody wants.
        #[soap(namespace = "urn:shop", rename_all = "camelCase")]
        struct Order {
            #[soap(attribute)]
            order_id: String,
            /// How many.
            the_count: u32,
            #[soap(default = 3)]
            retries: Option<u8>,
            #[soap(flatten)]
            payment: Payment,
            #[soap(flatten)]
            address: Address,
            #[soap(skip)]
            cache: Cache,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_small_type() {
    let expansion = crate::derive::expand_type(quote! {
        struct Point {
            x: f64,
            y: f64,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_type_with_parameters() {
    let expansion = crate::derive::expand_type(quote! {
        struct Page<T, K: Ord, const N: usize> where K: Clone {
            items: Vec<T>,
            #[soap(attribute)]
            key: K,
            #[soap(skip)]
            cache: [T; N],
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn an_extension() {
    let expansion = crate::derive::expand_type(quote! {
        #[soap(abstract)]
        struct Circle {
            #[soap(extends)]
            shape: Shape,
            radius: f64,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_text_with_attributes() {
    let expansion = crate::derive::expand_type(quote! {
        struct Price {
            #[soap(text)]
            amount: Decimal,
            #[soap(attribute)]
            currency: String,
            #[soap(attribute, default = 7)]
            tax: u8,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn words() {
    let expansion = crate::derive::expand_type(quote! {
        /// A colour.
        #[soap(rename_all = "kebab-case")]
        enum Colour {
            /// As blood.
            Red,
            DarkBlue,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_choice() {
    let expansion = crate::derive::expand_type(quote! {
        enum Payment {
            /// By card.
            Card(Card),
            Cash,
            #[soap(rename_all = "camelCase")]
            Invoice { #[soap(attribute)] urgent: bool, pay_by: Date },
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_family() {
    let expansion = crate::derive::expand_type(quote! {
        #[soap(xsi_type)]
        enum AnyShape {
            Shape(Shape),
            Circle(Circle),
            Square(Box<Square>),
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn a_newtype() {
    let expansion = crate::derive::expand_type(quote! {
        /// Of a hundred.
        struct Percent(u8);
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn facets_of_a_newtype() {
    let expansion = crate::derive::expand_type(quote! {
        #[soap(min = 1, max = 100)]
        struct Percent(u8);
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn facets_of_a_field() {
    let expansion = crate::derive::expand_type(quote! {
        struct Order {
            #[soap(pattern = "[a-z]+", max_length = 20)]
            r#type: Vec<String>,
        }
    });
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn facets_of_a_parameter() {
    let expansion = crate::service::expand(
        quote!(),
        quote! {
            impl Shop {
                #[operation(outputs(price))]
                fn order(&self, #[soap(min = 1, default = 3)] count: u32) -> f64 {}
            }
        },
    );
    insta::assert_snapshot!(printed(expansion));
}

#[test]
fn facets_of_a_fault() {
    let expansion = crate::derive::expand_fault(quote! {
        enum ShopError {
            TooMany { #[soap(max = 9)] left: u8 },
            Closed { #[soap(length = 5)] left: String },
        }
    });
    insta::assert_snapshot!(printed(expansion));
}
