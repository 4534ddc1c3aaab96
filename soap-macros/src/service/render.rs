//! The description of a service as an expansion: data, and one closure per operation.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ReturnType, parse_quote_spanned};

use super::model::{Default, Execution, Naming, Operation, Parameter, Service};
use crate::errors::{Checked, ends};

pub(super) fn service(service: &Checked<Service>) -> TokenStream {
    let Service { self_type, name, namespace, path, naming, docs, operations } = &**service;
    let naming = preset(*naming);
    let operations = operations.iter().map(operation);
    quote! {
        #[automatically_derived]
        impl ::soap_runtime::SoapService for #self_type {
            fn definition() -> ::soap_runtime::__private::Definition<Self> {
                ::soap_runtime::__private::Definition::new(#name, #namespace, #path, #naming, #docs)
                    #(#operations)*
            }
        }
    }
}

fn preset(naming: Naming) -> TokenStream {
    match naming {
        Naming::Standard => quote!(::soap_runtime::__private::Naming::Standard),
        Naming::FlaskSpyne => quote!(::soap_runtime::__private::Naming::FlaskSpyne),
        Naming::Spyne => quote!(::soap_runtime::__private::Naming::Spyne),
    }
}

fn operation(operation: &Operation) -> TokenStream {
    let Operation { ident, name, docs, parameters, .. } = operation;
    let arguments = parameters.iter().map(argument);
    // In the user's source like the arguments: only then does the compiler blame the one of them.
    let arguments = quote_spanned!(ident.span()=> (#(#arguments,)*));
    let outputs = outputs(operation);
    let method = method(operation);
    quote!(.operation(#name, #docs, #arguments, #outputs, #method))
}

/// The type stands at its own place, so that the compiler's verdict does.
fn argument(parameter: &Parameter) -> TokenStream {
    let Parameter { name, docs, ty, default, published_as } = parameter;
    let (first, last) = ends(ty);
    let mut argument = quote_spanned!(first=> ::soap_runtime::__private::argument::<#ty>);
    argument.extend(quote_spanned!(last=> (#name, #docs)));
    let default = default.as_ref().map(|default| match default {
        Default::OfType(word) => quote_spanned!(word.span()=> .or(<#ty as ::core::default::Default>::default)),
        Default::Value(value) => quote_spanned!(value.span()=> .or(|| #value)),
    });
    let published_as = published_as.as_ref().map(|name| quote!(.published_as(#name)));
    quote!(#argument #default #published_as)
}

fn outputs(operation: &Operation) -> TokenStream {
    let Operation { ident, outputs, returns, .. } = operation;
    let ty = match returns {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => parse_quote_spanned!(ident.span()=> ()),
    };
    let count = outputs.len();
    let (first, last) = ends(&ty);
    let mut expression = quote_spanned!(first=> ::soap_runtime::__private::outputs::<#ty, #count>);
    expression.extend(quote_spanned!(last=> ([#(#outputs),*])));
    expression
}

/// The method is named by its path: through the `Arc`, a method of the `Arc` would come first.
fn method(operation: &Operation) -> TokenStream {
    let ident = &operation.ident;
    let values: Vec<Ident> = (0..operation.parameters.len()).map(|at| format_ident!("a{at}")).collect();
    let arguments = quote!(this: ::soap_runtime::__private::Arc<Self>, (#(#values,)*));
    let call = quote!(Self::#ident(&this, #(#values),*));
    match operation.execution {
        Execution::Async => {
            quote!(::soap_runtime::__private::asynchronous(|#arguments| async move { #call.await }))
        }
        Execution::Blocking => quote!(::soap_runtime::__private::blocking(|#arguments| #call)),
    }
}
