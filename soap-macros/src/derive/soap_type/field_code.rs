//! The code for fields, whether they are those of a struct or of a variant: slots and descriptions.
//!
//! `field_reading` and `field_writing` have the rest of it.

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
    pub(super) fields: &'f [Field],
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

    pub(super) fn slotted(&self) -> impl Iterator<Item = &'f Field> {
        self.fields.iter().filter(|field| field.role != Role::Skip)
    }

    /// Each field that is read, with the expression for its slot.
    pub(super) fn places(&self) -> Vec<(&'f Field, TokenStream)> {
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
    pub(super) fn restriction(&self, field: &Field) -> Option<Ident> {
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
        let namespace = field.namespace.as_ref().map(|namespace| quote!(.in_namespace(#namespace)));
        quote!(#part #restricted #default #namespace)
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
