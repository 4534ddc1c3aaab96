//! The client of a service: a method for each operation, which hands its arguments to the runtime.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, PathArguments, PathSegment, Type, parse_quote};

use super::jobs;
use super::model::{Client, Kind, Operation, Parameter, Service};
use super::render::{bearer, returned};
use crate::errors::{Checked, Errors};
use crate::naming::{Name, method_name};

/// The methods that every client has.
const OWN: [&str; 5] = ["over", "connect", "connect_with", "soap12", "with_header"];

/// The one that is there beside, if there are jobs.
const WAIT: &str = "wait_for";

/// Two methods cannot have one name; the second one is left out.
pub(super) fn refuse_taken_names(service: &mut Service, errors: &mut Errors) {
    if service.client.is_none() {
        return;
    }
    let mut taken: Vec<String> = OWN.map(str::to_owned).into();
    if jobs::among(&service.operations).next().is_some() {
        taken.push(WAIT.to_owned());
        taken.extend(jobs::lacking(&service.operations).map(|name| method_name(name, Span::call_site()).to_string()));
    }
    service.operations.retain(|operation| {
        let name = name(operation);
        let is_free = !taken.contains(&name.to_string());
        if !is_free {
            refuse_taken_name(operation, &name, errors);
        }
        taken.push(name.to_string());
        is_free
    });
}

fn refuse_taken_name(operation: &Operation, name: &Ident, errors: &mut Errors) {
    let mend = match operation.kind() {
        Kind::Operation => format!("call this one otherwise, with `#[operation(name = \"{}\")]`", operation.name.text),
        Kind::Job => "call the job otherwise, `#[job(name = \"…\")]`".to_owned(),
    };
    errors.at(name, format!("the client has a method `{name}` already; {mend}"));
}

/// The type and its methods, if a client is wanted.
pub(super) fn of(service: &Checked<Service>) -> Option<TokenStream> {
    let Client { visibility, ident } = service.client.as_ref()?;
    let described = bearer(service);
    let docs = format!("Calls the service `{}`, wherever it runs.", service.name.text);
    let mut methods: Vec<Method> = service.operations.iter().map(Method::of).collect();
    if let Some(job) = jobs::among(&service.operations).next() {
        methods.extend(jobs::lacking(&service.operations).map(|name| Method::added(name, job)));
        let asks_itself = jobs::lacking(&service.operations).any(|name| name == jobs::STATUS);
        methods.extend(asks_itself.then(|| Method::wait_for(job)));
    }
    let methods = methods.iter().map(|method| method.render(visibility));
    Some(quote! {
        ::soap_runtime::__private::client!(#[doc = #docs] #visibility #ident, #described);
        #[allow(dead_code)]
        impl #ident {
            #(#methods)*
        }
    })
}

fn name(operation: &Operation) -> Ident {
    match operation.kind() {
        Kind::Operation => operation.ident.clone(),
        // The method is what runs later, elsewhere.
        Kind::Job => method_name(&operation.name.text, operation.name.span),
    }
}

/// A method of the client.
struct Method {
    docs: String,
    name: Ident,
    parameters: Vec<Argument>,
    returns: TokenStream,
    bounds: Vec<TokenStream>,
    /// Gives what it returns, or what is waited for to get it.
    body: TokenStream,
}

impl Method {
    fn of(operation: &Operation) -> Self {
        let (wire_name, ty) = (&operation.name, returned(operation));
        let (count, more) = (count(&operation.outputs), count(&operation.headers));
        let mut parameters: Vec<_> = operation.parameters.iter().map(Argument::of).collect();
        if operation.job.is_some() {
            parameters.splice(..0, Argument::of_execution(&operation.parameters));
        }
        let (headers, arguments): (Vec<_>, Vec<_>) = parameters.iter().partition(|argument| argument.is_header);
        let (arguments, headers) = (tuple(&arguments), tuple(&headers));
        let mut bounds = bounds_of_arguments(&operation.parameters);
        let (returns, body) = if operation.messages.one_way.is_some() {
            let returns = quote!(::core::result::Result<(), ::soap_runtime::client::CallError>);
            (returns, quote!(tell(#wire_name, #arguments, #headers)))
        } else if operation.job.is_some() {
            bounds.push(bound_of_returned(operation));
            let returns = quote!(::soap_runtime::__private::Told<#ty, #count>);
            (returns, quote!(progress::<#ty, #count>(#wire_name, #arguments)))
        } else {
            bounds.push(bound_of_returned(operation));
            let returns = quote!(::soap_runtime::__private::Called<#ty, #count, #more>);
            (returns, quote!(call::<#ty, #count, #more>(#wire_name, #arguments, #headers)))
        };
        Self { docs: docs(operation), name: name(operation), parameters, returns, bounds, body }
    }

    /// One that comes with jobs, of which `job` is one.
    fn added(operation: &str, job: &Operation) -> Self {
        let (mut parameters, mut bounds) = (Argument::of_execution(&[]).to_vec(), Vec::new());
        let (docs, returns, body) = match operation {
            jobs::STATUS => {
                let (ty, count) = (returned(job), count(&job.outputs));
                bounds.push(bound_of_returned(job));
                let returns = quote!(::soap_runtime::__private::Told<#ty, #count>);
                ("Asks how far an execution is.", returns, quote!(status::<#ty, #count>(service_id, session_token)))
            }
            jobs::ABORT => {
                let returns = quote!(::soap_runtime::__private::Called<bool, 1, 0>);
                let docs = "Ends an execution; whether nothing of it is left.";
                (docs, returns, quote!(abort(service_id, session_token)))
            }
            _ => {
                parameters.push(Argument::into(format_ident!("message"), &parse_quote!(::std::string::String)));
                let returns = quote!(::soap_runtime::__private::Called<::std::string::String, 1, 0>);
                let docs = "Hands a message to an execution.";
                (docs, returns, quote!(notify(service_id, session_token, message)))
            }
        };
        let name = method_name(operation, Span::call_site());
        Self { docs: docs.to_owned(), name, parameters, returns, bounds, body }
    }

    /// The one that asks for the status of a job until it has ended.
    fn wait_for(job: &Operation) -> Self {
        let (ty, count) = (returned(job), count(&job.outputs));
        let outputs = quote!(::soap_runtime::__private::JobOutputs<#ty, #count>);
        let mut parameters = Argument::of_execution(&[]).to_vec();
        let answer = quote!(::soap_runtime::client::Progress<#outputs>);
        parameters.insert(0, Argument::plain(format_ident!("answer"), answer));
        parameters.push(Argument::plain(format_ident!("every"), quote!(::soap_runtime::__private::Duration)));
        parameters.push(Argument::plain(format_ident!("page"), quote!(impl ::core::ops::FnMut(&str))));
        let docs = "Waits until an execution is completed, for its outputs: from `answer`, which its start gave, or \
                    `Progress::Unchanged`, it asks every so often, and hands each new page to `page`. Nothing of the \
                    execution ends with this: one that is not waited for any more goes on.";
        Self {
            docs: docs.to_owned(),
            name: format_ident!("{WAIT}"),
            returns: quote!(::core::result::Result<#outputs, ::soap_runtime::client::CallError>),
            bounds: vec![bound_of_returned(job)],
            body: quote!(wait_for::<#ty, #count>(answer, service_id, session_token, every, page)),
            parameters,
        }
    }

    fn render(&self, visibility: &TokenStream) -> TokenStream {
        let Self { docs, name, parameters, returns, bounds, body } = self;
        let parameters = parameters.iter().map(|Argument { ident, ty, .. }| quote!(#ident: #ty));
        let bounds = (!bounds.is_empty()).then(|| quote!(where #(#bounds),*));
        quote! {
            #[doc = #docs]
            #visibility async fn #name(&self, #(#parameters),*) -> #returns #bounds {
                self.0.#body.await
            }
        }
    }
}

/// A parameter of a method of the client.
#[derive(Clone)]
struct Argument {
    ident: Ident,
    ty: TokenStream,
    /// The value that is handed on.
    given: TokenStream,
    /// Whether that is an `Option` already, whose `None` is left out.
    may_be_left_out: bool,
    is_header: bool,
}

impl Argument {
    fn of(parameter: &Parameter) -> Self {
        let Parameter { ident, ty, default, is_header, .. } = parameter;
        let argument = match default {
            Some(_) => {
                let ty = parse_quote!(::core::option::Option<#ty>);
                Self { may_be_left_out: true, ..Self::into(ident.clone(), &ty) }
            }
            None if is_often_made_of_another(ty) => Self::into(ident.clone(), ty),
            None => Self::plain(ident.clone(), quote!(#ty)),
        };
        Self { is_header: *is_header, ..argument }
    }

    /// One whose value is made of what it is given.
    fn into(ident: Ident, ty: &Type) -> Self {
        if let Some(text) = optional_text(ty) {
            let given = quote!(::soap_runtime::client::Optional::<#text>::optional(#ident));
            return Self { given, ..Self::plain(ident, quote!(impl ::soap_runtime::client::Optional<#text>)) };
        }
        let given = quote!(::core::convert::Into::<#ty>::into(#ident));
        Self { given, ..Self::plain(ident, quote!(impl ::core::convert::Into<#ty>)) }
    }

    fn plain(ident: Ident, ty: TokenStream) -> Self {
        Self { given: quote!(#ident), ident, ty, may_be_left_out: false, is_header: false }
    }

    /// Those that say whose execution is meant; others may have their names.
    fn of_execution(others: &[Parameter]) -> [Self; 2] {
        let free = |name: &str| {
            let taken = others.iter().any(|other| other.ident == name);
            if taken { format_ident!("{name}_of_job") } else { format_ident!("{name}") }
        };
        [
            Self::into(free("service_id"), &parse_quote!(::soap_runtime::ServiceId)),
            Self::into(free("session_token"), &parse_quote!(::soap_runtime::SessionToken)),
        ]
    }
}

/// That the types are such as SOAP has, which the description asks for as well. A bound on a type without
/// parameters is refused where it does not hold; with a lifetime it is believed, and asked of those who call the
/// method. So the compiler says what is wrong with a type where the description names it, and nowhere else.
fn bounds_of_arguments(parameters: &[Parameter]) -> Vec<TokenStream> {
    let types: BTreeMap<String, &Type> =
        parameters.iter().map(|Parameter { ty, .. }| (quote!(#ty).to_string(), ty)).collect();
    types.values().map(|ty| quote!(for<'any> #ty: ::soap_runtime::SoapType)).collect()
}

/// The same of what the method of the service returns.
fn bound_of_returned(operation: &Operation) -> TokenStream {
    let (ty, count, more) = (returned(operation), count(&operation.outputs), count(&operation.headers));
    quote!(for<'any> #ty: ::soap_runtime::__private::Return<#count, #more>)
}

/// How many names there are, as the runtime's types say it.
fn count(names: &[Name]) -> Literal {
    Literal::usize_unsuffixed(names.len())
}

/// As the runtime takes the values.
fn tuple(arguments: &[&Argument]) -> TokenStream {
    let values = arguments.iter().map(|Argument { given, may_be_left_out, .. }| match may_be_left_out {
        true => quote!(#given),
        false => quote!(::core::option::Option::Some(#given)),
    });
    quote!((#(#values,)*))
}

/// Goes by the word alone, for it is a convenience: whatever type the word means, its own values are taken.
fn is_often_made_of_another(ty: &Type) -> bool {
    last_word(ty)
        .is_some_and(|last| ["Option", "ServiceId", "SessionToken", "String"].iter().any(|word| last.ident == word))
}

/// The `String` of an `Option<String>`: of that, `Into` makes no `&str`.
fn optional_text(ty: &Type) -> Option<&Type> {
    let option = last_word(ty).filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &option.arguments else { return None };
    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
    last_word(inner).is_some_and(|last| last.ident == "String").then_some(inner)
}

fn last_word(ty: &Type) -> Option<&PathSegment> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last()
}

/// Those of the operation, and what is said of its parameters.
fn docs(operation: &Operation) -> String {
    let documented = operation.parameters.iter().filter(|parameter| !parameter.docs.is_empty());
    let parameters: Vec<_> =
        documented.map(|Parameter { ident, docs, .. }| format!("- `{ident}`: {}", docs.replace('\n', " "))).collect();
    let docs =
        if operation.docs.is_empty() { format!("Calls `{}`.", operation.name.text) } else { operation.docs.clone() };
    [docs, parameters.join("\n")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}
