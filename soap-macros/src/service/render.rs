//! The description of a service as an expansion: data, and one closure per operation or job.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ReturnType, Type, parse_quote_spanned};

use super::model::{Execution, Job, Messages, Naming, Of, OnFailure, Operation, Parameter, Service, Style};
use super::{interface, jobs};
use crate::attrs::Form;
use crate::errors::{Checked, ends};

/// That the type which has the methods is a service.
pub(super) fn service(service: &Checked<Service>) -> TokenStream {
    let (ty, definition, registration) = (bearer(service), definition(service), registration(service));
    quote! {
        #[automatically_derived]
        impl ::soap_runtime::SoapService for #ty {
            fn definition() -> ::soap_runtime::__private::Definition<Self> {
                #definition
            }
        }
        #registration
    }
}

/// Build scripts find the service by this; one that is described elsewhere is not theirs to write down.
pub(super) fn registration(service: &Service) -> Option<TokenStream> {
    let ty = bearer(service);
    (!service.is_foreign).then(|| quote!(::soap_runtime::__private::register!(#ty);))
}

/// The type that is described.
pub(super) fn bearer(service: &Service) -> TokenStream {
    match &service.of {
        Of::Type(ty) => ty.to_token_stream(),
        Of::Trait(ident) => interface::name_of_bearer(ident).into_token_stream(),
    }
}

/// The description, and the closures that call the methods of `Self`.
pub(super) fn definition(service: &Checked<Service>) -> TokenStream {
    let Service { of, name, namespace, path, naming, docs, operations, .. } = &**service;
    let naming = preset(*naming);
    let rpc = (service.style == Style::Rpc).then(|| quote!(.rpc()));
    let soap12 = service.soap12.then(|| quote!(.soap12()));
    let unqualified = (service.form == Form::Unqualified).then(|| quote!(.unqualified()));
    let foreign = service.is_foreign.then(|| quote!(.foreign()));
    let same_outputs = same_outputs(operations);
    let of = match of {
        Of::Type(_) => quote!(Self),
        // An implementation may have methods of the same names.
        Of::Trait(ident) => quote!(<Self as #ident>),
    };
    let operations = operations.iter().map(|one| operation(one, &of));
    let job_operations = job_operations(service);
    quote! {
        #(#same_outputs)*
        ::soap_runtime::__private::Definition::new(#name, #namespace, #path, #naming, #docs)
            #rpc #soap12 #unqualified #foreign
            #(#operations)*
            #job_operations
    }
}

fn preset(naming: Naming) -> TokenStream {
    match naming {
        Naming::Standard => quote!(::soap_runtime::__private::Naming::Standard),
        Naming::FlaskSpyne => quote!(::soap_runtime::__private::Naming::FlaskSpyne),
        Naming::Spyne => quote!(::soap_runtime::__private::Naming::Spyne),
    }
}

fn operation(operation: &Operation, of: &TokenStream) -> TokenStream {
    let Operation { ident, name, docs, parameters, job, .. } = operation;
    let arguments = parameters.iter().map(argument);
    // In the user's source like the arguments: only then does the compiler blame the one of them.
    let arguments = quote_spanned!(ident.span()=> (#(#arguments,)*));
    let outputs = outputs(operation);
    let method = method(operation, of);
    let Some(Job { handle, requeue }) = job else {
        let named = named(operation);
        return quote!(.operation(#named, #docs, #arguments, #outputs, #method));
    };
    let function = match operation.execution {
        Execution::Async => "handle",
        Execution::Blocking => "blocking_handle",
    };
    let handle = at_type(handle, function, &quote!(#handle), &quote!());
    let requeue = requeue.then(|| quote!(.requeue()));
    quote!(.job(#name, #docs, #handle, #arguments, #outputs, #method) #requeue)
}

/// The name alone, for most of them.
fn named(operation: &Operation) -> TokenStream {
    let Operation { name, messages: Messages { bare, one_way, request, response, action }, .. } = operation;
    let request = request.iter().map(|element| quote!(.request(#element)));
    let response = response.iter().map(|element| quote!(.response(#element)));
    let bare = bare.iter().map(|_| quote!(.bare()));
    let one_way = one_way.iter().map(|_| quote!(.one_way()));
    let action = action.iter().map(|action| quote!(.action(#action)));
    let said: TokenStream = request.chain(response).chain(bare).chain(one_way).chain(action).collect();
    if said.is_empty() { quote!(#name) } else { quote!(::soap_runtime::__private::named(#name) #said) }
}

/// What comes with jobs, behind all that the author wrote.
fn job_operations(service: &Service) -> Option<TokenStream> {
    jobs::among(&service.operations).next()?;
    let abort_output = service.abort_output.as_ref().map_or("success", |name| &name.text);
    let on_failure = match &service.on_failure {
        OnFailure::Fault => quote!(Fault),
        OnFailure::Page => quote!(Page),
        OnFailure::Complete(output) => quote!(Complete(#output)),
    };
    Some(quote!(.job_operations(#abort_output, ::soap_runtime::__private::OnFailure::#on_failure)))
}

/// One statement for each job after the first. Other names than the first one's are reported already,
/// and types say nothing more where there is another number of them.
fn same_outputs(operations: &[Operation]) -> Vec<TokenStream> {
    let mut jobs = jobs::among(operations);
    let Some(first) = jobs.next() else { return Vec::new() };
    let count = first.outputs.len();
    let expected = returned(first);
    let comparable = jobs.filter(|job| job.outputs.len() == count);
    comparable
        .map(|job| {
            let ty = returned(job);
            let call = at_type(&ty, "same_outputs", &quote!(#expected, #ty, #count), &quote!());
            quote!(#call;)
        })
        .collect()
}

fn argument(parameter: &Parameter) -> TokenStream {
    let Parameter { name, docs, ty, namespace, is_header, default, published_as, facets, .. } = parameter;
    let argument = at_type(ty, "argument", &quote!(#ty), &quote!(#name, #docs));
    let default = default.as_ref().map(|default| {
        let function = default.function(ty);
        quote_spanned!(ends(ty).1=> .or(#function))
    });
    let namespace = namespace.as_ref().map(|namespace| quote!(.in_namespace(#namespace)));
    let published_as = published_as.as_ref().map(|name| quote!(.published_as(#name)));
    let restricted = facets.reference(ty).map(|facets| quote!(.restricted(#facets)));
    // At the type as well: else the compiler would tell its verdict on it twice.
    let header = is_header.then(|| quote_spanned!(ends(ty).1=> .header()));
    quote!(#argument #restricted #default #published_as #namespace #header)
}

fn outputs(operation: &Operation) -> TokenStream {
    let (names, headers, ty) = (&operation.outputs, &operation.headers, returned(operation));
    let (count, more) = (names.len(), headers.len());
    if operation.messages.one_way.is_some() {
        return at_type(&ty, "no_reply", &quote!(#ty), &quote!());
    }
    match more {
        0 => at_type(&ty, "outputs", &quote!(#ty, #count), &quote!([#(#names),*])),
        _ => {
            let given = quote!([#(#names),*], [#(#headers),*]);
            at_type(&ty, "outputs_and_headers", &quote!(#ty, #count, #more), &given)
        }
    }
}

/// A call of the runtime. It stands where the type does that it is about, so that the compiler's verdict does.
fn at_type(ty: &Type, function: &str, types: &TokenStream, arguments: &TokenStream) -> TokenStream {
    let (first, last) = ends(ty);
    let function = Ident::new(function, first);
    let mut call = quote_spanned!(first=> ::soap_runtime::__private::#function::<#types>);
    call.extend(quote_spanned!(last=> (#arguments)));
    call
}

pub(super) fn returned(operation: &Operation) -> Type {
    match &operation.returns {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => parse_quote_spanned!(operation.ident.span()=> ()),
    }
}

/// The method is named by its path: through the `Arc`, a method of the `Arc` would come first.
fn method(operation: &Operation, of: &TokenStream) -> TokenStream {
    let Operation { ident, parameters, execution, job, .. } = operation;
    let values: Vec<Ident> = (0..parameters.len()).map(|at| format_ident!("a{at}")).collect();
    let (handle, values_of_call) = match job {
        Some(_) => (Some(quote!(job,)), quote!((job, (#(#values,)*)))),
        None => (None, quote!((#(#values,)*))),
    };
    let inputs = quote!(this: ::soap_runtime::__private::Arc<Self>, #values_of_call);
    let call = quote!(#of::#ident(&this, #handle #(#values),*));
    match execution {
        Execution::Async => quote!(::soap_runtime::__private::asynchronous(|#inputs| async move { #call.await })),
        Execution::Blocking => quote!(::soap_runtime::__private::blocking(|#inputs| #call)),
    }
}
