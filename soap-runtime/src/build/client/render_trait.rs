//! Traits with their attributes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::graph::Items;
use super::model::{Field, Method, Returns, Trait};
use super::names::{self, ident};
use super::render::{docs, facet_keys, soap, ty};

pub(super) fn all(traits: &[Trait], items: &Items) -> TokenStream {
    let is_alone = traits.len() == 1;
    traits.iter().map(|one| render(one, is_alone, items)).collect()
}

fn render(one: &Trait, is_alone: bool, items: &Items) -> TokenStream {
    let Trait { wire, namespace, address, methods, .. } = one;
    let name = ident(&one.name);
    let mut keys = Vec::new();
    keys.extend((one.name != *wire).then(|| quote!(name = #wire)));
    keys.extend(path(address).map(|path| quote!(path = #path)));
    keys.push(quote!(namespace = #namespace));
    keys.extend(one.like_spyne.then(|| quote!(naming = "flask-spyne")));
    keys.extend(one.is_rpc.then(|| quote!(style = "rpc")));
    keys.extend(one.is_unqualified.then(|| quote!(form = "unqualified")));
    keys.extend(one.is_soap12.then(|| quote!(soap12)));
    keys.push(quote!(foreign));
    let constant = match is_alone {
        true => format_ident!("ADDRESS"),
        false => format_ident!("{}_ADDRESS", heck::AsShoutySnakeCase(&one.name).to_string()),
    };
    let docs_of_constant = format!(" Where the WSDL says that `{name}` is.");
    let (docs, methods) = (docs(&one.docs), methods.iter().map(|one| method(one, items)));
    quote! {
        #[doc = #docs_of_constant]
        pub const #constant: &str = #address;

        #docs
        #[soap_service(#(#keys),*)]
        pub trait #name {
            #(#methods)*
        }
    }
}

/// The path of the endpoint, where it is one that a service may have.
fn path(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let path = url.path();
    let is_sound = path.len() > 1 && !path.contains("..") && !path.contains("//") && !path.contains('%');
    is_sound.then(|| path.to_owned())
}

fn method(method: &Method, items: &Items) -> TokenStream {
    let Method { name, wire, parameters, header_parameters, .. } = method;
    let mut keys = Vec::new();
    keys.extend((names::on_the_wire(name) != *wire).then(|| quote!(name = #wire)));
    keys.extend(method.request.iter().map(|request| quote!(request = #request)));
    keys.extend(method.response.iter().map(|response| quote!(response = #response)));
    keys.extend(method.is_bare.then(|| quote!(bare)));
    keys.extend(method.is_one_way.then(|| quote!(one_way)));
    keys.extend(method.action.iter().map(|action| quote!(action = #action)));
    if let Returns::Value(_, Some(output)) = &method.returns {
        let output = output_name(output);
        keys.push(quote!(outputs(#output)));
    }
    if !method.reply_headers.is_empty() {
        let headers = method.reply_headers.iter().map(|header| output_name(&header.wire));
        keys.push(quote!(headers(#(#headers),*)));
    }
    let keys = (!keys.is_empty()).then(|| quote!((#(#keys),*)));
    let headers = header_parameters.iter().map(|header| parameter(header, true, items));
    let parameters = parameters.iter().map(|one| parameter(one, false, items));
    let (docs, name, returned) = (docs(&method.docs), ident(name), returned(method, items));
    quote! {
        #docs
        #[operation #keys]
        async fn #name(&self, #(#headers,)* #(#parameters,)*) -> Result<#returned, Fault>;
    }
}

/// An identifier if it is one.
fn output_name(wire: &str) -> TokenStream {
    match syn::parse_str::<proc_macro2::Ident>(wire) {
        Ok(ident) => quote!(#ident),
        Err(_) => quote!(#wire),
    }
}

fn returned(method: &Method, items: &Items) -> TokenStream {
    let outputs = match &method.returns {
        Returns::Nothing => quote!(()),
        Returns::Value(value, _) => ty(value, items),
        Returns::Output(id) => {
            let name = ident(&items.get(*id).name);
            quote!(#name)
        }
    };
    let headers: Vec<_> = method.reply_headers.iter().map(|header| ty(&header.ty, items)).collect();
    match &headers[..] {
        [] => outputs,
        [header] => quote!(WithHeaders<#outputs, #header>),
        headers => quote!(WithHeaders<#outputs, (#(#headers),*)>),
    }
}

fn parameter(parameter: &Field, is_header: bool, items: &Items) -> TokenStream {
    let Field { name, wire, .. } = parameter;
    let mut keys = Vec::new();
    keys.extend(is_header.then(|| quote!(header)));
    keys.extend(
        (names::on_the_wire(ident(name).to_string().trim_start_matches("r#")) != *wire).then(|| quote!(name = #wire)),
    );
    keys.extend(parameter.namespace.iter().map(|namespace| quote!(namespace = #namespace)));
    keys.extend(facet_keys(&parameter.facets));
    let (docs, keys, name, ty) = (docs(&parameter.docs), soap(&keys), ident(name), ty(&parameter.ty, items));
    quote!(#docs #keys #name: #ty)
}
