//! The code for fields, whether they are those of a struct or of a variant.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Index;
use syn::spanned::Spanned;

use super::model::{Field, Role};

/// The standard library knows the default of tuples that are no longer.
const GROUP: usize = 12;

/// How many fields there may be: a tuple of tuples.
pub(super) const MOST: usize = GROUP * GROUP;

/// A name inside of the expansion that an author's default does not see.
pub(super) fn hidden(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// Fields with their places among the slots.
pub(super) struct FieldCode<'f> {
    fields: &'f [Field],
    /// What the names of the facets begin with.
    prefix: String,
    /// What the slots are in.
    slots: TokenStream,
}

impl<'f> FieldCode<'f> {
    pub(super) fn of(fields: &'f [Field]) -> Self {
        let slots = hidden("slots");
        Self { fields, prefix: "FACETS_OF".to_owned(), slots: quote!(#slots.0) }
    }

    /// The same for those of a variant.
    pub(super) fn of_variant(fields: &'f [Field], variant: &Ident) -> Self {
        let slots = hidden("slots");
        Self { fields, prefix: format!("FACETS_OF_{variant}"), slots: quote!(#slots) }
    }

    fn slotted(&self) -> impl Iterator<Item = &'f Field> {
        self.fields.iter().filter(|field| field.role != Role::Skip)
    }

    /// Each field that is read, with the expression for its slot.
    fn places(&self) -> Vec<(&'f Field, TokenStream)> {
        let many = self.slotted().count() > GROUP;
        let slots = &self.slots;
        let place = |at: usize| match many {
            false => {
                let at = Index::from(at);
                quote!(#slots.#at)
            }
            true => {
                let (group, at) = (Index::from(at / GROUP), Index::from(at % GROUP));
                quote!(#slots.#group.#at)
            }
        };
        self.slotted().enumerate().map(|(at, field)| (field, place(at))).collect()
    }

    /// The type of the slots: a tuple.
    pub(super) fn slots(&self) -> TokenStream {
        let types: Vec<_> = self.slotted().map(slot).collect();
        match types.len() > GROUP {
            false => quote!((#(#types,)*)),
            true => {
                let groups = types.chunks(GROUP).map(|group| quote!((#(#group,)*)));
                quote!((#(#groups,)*))
            }
        }
    }

    /// The statics that hold facets.
    pub(super) fn facets(&self) -> impl Iterator<Item = TokenStream> {
        self.fields.iter().filter_map(|field| field.facets.item(&self.name_of_facets(field), &field.ty))
    }

    fn name_of_facets(&self, field: &Field) -> Ident {
        use syn::ext::IdentExt;
        format_ident!("{}_{}", self.prefix, field.ident.unraw())
    }

    /// A reference to the facets of a field.
    fn restriction(&self, field: &Field) -> Option<Ident> {
        field.facets.first().map(|_| self.name_of_facets(field))
    }

    /// An expression for `Vec<Particle>`.
    pub(super) fn particles(&self) -> TokenStream {
        let (mut pieces, mut elements) = (Vec::new(), Vec::new());
        for field in self.fields {
            match field.role {
                Role::Element => elements.push(self.part(field)),
                Role::Flatten | Role::Extends => {
                    pieces.extend(together(&mut elements));
                    let ty = &field.ty;
                    pieces.push(quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::particles()));
                }
                Role::Attribute | Role::Text | Role::Skip => {}
            }
        }
        pieces.extend(together(&mut elements));
        match &pieces[..] {
            [] => quote!(::std::vec![]),
            [piece] => quote!(#piece),
            pieces => quote!([#(#pieces),*].concat()),
        }
    }

    /// An expression for `Vec<Part>`, if there may be any.
    pub(super) fn attributes(&self) -> Option<TokenStream> {
        let pieces = self.fields.iter().filter_map(|field| match field.role {
            Role::Attribute => {
                let part = self.part(field);
                Some(quote!(::std::vec![#part]))
            }
            Role::Flatten | Role::Extends => {
                let ty = &field.ty;
                Some(quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::attributes()))
            }
            Role::Element | Role::Text | Role::Skip => None,
        });
        let pieces: Vec<_> = pieces.collect();
        (!pieces.is_empty()).then(|| quote!([#(#pieces),*].concat()))
    }

    /// The attributes alone, where no other field has any.
    pub(super) fn own_attributes(&self) -> TokenStream {
        let own = self.fields.iter().filter(|field| field.role == Role::Attribute);
        let parts = own.map(|field| self.part(field));
        quote!(::std::vec![#(#parts),*])
    }

    fn part(&self, field: &Field) -> TokenStream {
        let Field { name, docs, ty, default, .. } = field;
        let part = match field.role {
            Role::Attribute => {
                quote_spanned!(ty.span()=> <#ty as ::soap_runtime::__private::AttributeValue>::attribute(#name, #docs))
            }
            _ => quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::part(#name, #docs)),
        };
        let restricted = self.restriction(field).map(|facets| quote!(.restricted(&#facets)));
        let default = default.as_ref().map(|default| {
            let function = default.function(ty);
            quote_spanned!(default.span()=> .with_default_of::<#ty>(#function))
        });
        quote!(#part #restricted #default)
    }

    /// Statements that take the attributes of `element` into `slots`.
    pub(super) fn read_attributes(&self) -> Vec<TokenStream> {
        let element = hidden("element");
        let read = |(field, place): (&Field, TokenStream)| {
            let ty = &field.ty;
            match field.role {
                Role::Attribute => {
                    let value = self.read_attribute(field);
                    Some(quote!(#place = #value;))
                }
                Role::Flatten | Role::Extends => Some(quote_spanned! {ty.span()=>
                    <#ty as ::soap_runtime::Fields>::read_attributes(&mut #place, #element)?;
                }),
                Role::Element | Role::Text | Role::Skip => None,
            }
        };
        self.places().into_iter().filter_map(read).collect()
    }

    /// What `element` says, as an `Option`.
    pub(super) fn read_attribute(&self, field: &Field) -> TokenStream {
        let Field { name, ty, .. } = field;
        let element = hidden("element");
        let trait_path = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::__private::AttributeValue>);
        match self.restriction(field) {
            None => quote!(#trait_path::read_attribute(#name, #element)?),
            Some(facets) => quote!(#trait_path::read_restricted_attribute(#name, #element, &#facets)?),
        }
    }

    /// The body of `read_field`.
    pub(super) fn read_field(&self) -> TokenStream {
        let (mut arms, mut others) = (Vec::new(), Vec::new());
        for (field, place) in self.places() {
            let Field { name, ty, .. } = field;
            let child = match self.restriction(field) {
                None => quote!(child),
                Some(facets) => quote!(child.restricted(&#facets)),
            };
            match (field.role, &field.default) {
                (Role::Element, None) => arms.push(quote_spanned! {ty.span()=>
                    #name => <#ty as ::soap_runtime::SoapType>::read_into(&mut #place, #child),
                }),
                (Role::Element, Some(_)) => arms.push(quote!(#name => #place.read(#child),)),
                (Role::Flatten | Role::Extends, _) => others.push((ty, place)),
                (Role::Attribute | Role::Text | Role::Skip, _) => {}
            }
        }
        let otherwise = otherwise(&others);
        if arms.is_empty() {
            return quote!(#otherwise);
        }
        // One `?` less for each field: each takes room on the stack where the compiler does not optimise.
        quote! {
            ::core::result::Result::map(
                match child.local_name() {
                    #(#arms)*
                    _ => { #otherwise }
                },
                |()| ::core::option::Option::None,
            )
        }
    }

    /// `field: value` for each, from `slots`.
    pub(super) fn values(&self) -> Vec<TokenStream> {
        let read = self.places().into_iter().map(|(field, place)| self.value(field, &place));
        read.chain(self.fields.iter().filter(|field| field.role == Role::Skip).map(skipped)).collect()
    }

    /// `field: value`, from what was read.
    pub(super) fn value(&self, field: &Field, read: &TokenStream) -> TokenStream {
        let Field { ident, name, ty, .. } = field;
        let element = hidden("element");
        let default = field.default.as_ref().map(|default| (default.function(ty), default.span()));
        match (field.role, default) {
            (Role::Attribute, Some((default, span))) => quote_spanned!(span=> #ident: #read.unwrap_or_else(#default)),
            (_, Some((default, span))) => quote_spanned!(span=> #ident: #read.or(#default)),
            (Role::Attribute, None) => quote_spanned! {ty.span()=>
                #ident: <#ty as ::soap_runtime::__private::AttributeValue>::given(#read, #name, #element)?
            },
            (Role::Flatten | Role::Extends, None) => {
                quote_spanned!(ty.span()=> #ident: <#ty as ::soap_runtime::Fields>::finish(#read, #element)?)
            }
            (_, None) => {
                quote_spanned!(ty.span()=> #ident: <#ty as ::soap_runtime::SoapType>::field(#read, #name, #element)?)
            }
        }
    }

    /// Statements that write the elements; `value` gives a reference to what a field holds.
    pub(super) fn writes(&self, value: &dyn Fn(&Field) -> TokenStream) -> Vec<TokenStream> {
        let write = |field: &Field| {
            let Field { name, ty, .. } = field;
            let value = value(field);
            match field.role {
                Role::Element => {
                    let write =
                        quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::write_as(#value, #name, writer));
                    Some(match self.restriction(field) {
                        None => quote!(#write;),
                        Some(facets) => quote!(writer.restricted(&#facets, |writer| #write);),
                    })
                }
                Role::Flatten | Role::Extends => Some(quote_spanned! {ty.span()=>
                    <#ty as ::soap_runtime::Fields>::write_fields(#value, writer);
                }),
                Role::Attribute | Role::Text | Role::Skip => None,
            }
        };
        self.fields.iter().filter_map(write).collect()
    }

    /// Statements that write the attributes.
    pub(super) fn write_attributes(&self, value: &dyn Fn(&Field) -> TokenStream) -> Vec<TokenStream> {
        let write = |field: &Field| {
            let Field { name, ty, .. } = field;
            let value = value(field);
            match field.role {
                Role::Attribute => {
                    let trait_path = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::__private::AttributeValue>);
                    Some(match self.restriction(field) {
                        None => quote!(#trait_path::write_attribute(#value, #name, tag);),
                        Some(facets) => {
                            quote!(#trait_path::write_restricted_attribute(#value, #name, tag, &#facets);)
                        }
                    })
                }
                Role::Flatten | Role::Extends => Some(quote_spanned! {ty.span()=>
                    <#ty as ::soap_runtime::Fields>::write_field_attributes(#value, tag);
                }),
                Role::Element | Role::Text | Role::Skip => None,
            }
        };
        self.fields.iter().filter_map(write).collect()
    }

    /// About how many bytes each takes.
    pub(super) fn sizes(&self, value: &dyn Fn(&Field) -> TokenStream) -> Vec<TokenStream> {
        let size = |field: &'f Field| {
            let ty = &field.ty;
            let value = value(field);
            match field.role {
                Role::Flatten | Role::Extends => {
                    quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::fields_size_hint(#value))
                }
                _ => quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::size_hint(#value)),
            }
        };
        self.slotted().map(size).collect()
    }
}

/// An expression for the particles of elements that follow each other, if there are any.
fn together(elements: &mut Vec<TokenStream>) -> Option<TokenStream> {
    let elements = std::mem::take(elements);
    (!elements.is_empty()).then(|| quote!(::soap_runtime::__private::elements([#(#elements),*])))
}

fn slot(field: &Field) -> TokenStream {
    let ty = &field.ty;
    match (field.role, &field.default) {
        (Role::Flatten | Role::Extends, _) => {
            quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::Slots)
        }
        (Role::Element, Some(_)) => quote!(::soap_runtime::__private::Defaulted<#ty>),
        _ => quote!(::core::option::Option<#ty>),
    }
}

pub(super) fn skipped(field: &Field) -> TokenStream {
    let Field { ident, ty, .. } = field;
    quote_spanned!(ty.span()=> #ident: <#ty as ::core::default::Default>::default())
}

/// What becomes of a child that is none of the own fields: the flattened ones are asked, in their order.
fn otherwise(others: &[(&syn::Type, TokenStream)]) -> TokenStream {
    let ask = |(ty, place): &(&syn::Type, TokenStream)| quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::read_field(&mut #place, child));
    match others {
        [] => quote!(return ::core::result::Result::Ok(::core::option::Option::Some(child));),
        [first @ .., last] => {
            let first = first.iter().map(|other| {
                let asked = ask(other);
                quote! {
                    let ::core::option::Option::Some(child) = #asked? else {
                        return ::core::result::Result::Ok(::core::option::Option::None);
                    };
                }
            });
            let last = ask(last);
            quote!(#(#first)* return #last;)
        }
    }
}
