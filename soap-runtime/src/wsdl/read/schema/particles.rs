//! What a complex type consists of: sequences, choices, groups.

use super::{Schemas, Spot};
use crate::wsdl::model::{Content, Group, GroupKind, Particle};
use crate::wsdl::read::WsdlError;

/// The elements that say what a type consists of.
const MODELS: [&str; 4] = ["sequence", "choice", "all", "group"];

impl<'a> Schemas<'a> {
    /// The elements of a type, or of what extends or restricts one.
    pub(super) fn content(&self, spot: Spot<'a>) -> Result<Content, WsdlError> {
        let Some(model) = spot.child(&MODELS)? else { return Ok(Content::Empty) };
        match self.particle(model)? {
            Some(Particle::Group(group)) if !group.particles.is_empty() => Ok(Content::Elements(group)),
            _ => Ok(Content::Empty),
        }
    }

    fn particle(&self, spot: Spot<'a>) -> Result<Option<Particle>, WsdlError> {
        match spot.node.local() {
            "element" => self.particle_of_element(spot),
            "sequence" => self.model(spot, GroupKind::Sequence, spot),
            "choice" => self.model(spot, GroupKind::Choice, spot),
            "all" => self.model(spot, GroupKind::All, spot),
            "group" => self.group(spot),
            "any" => {
                let (min, max) = spot.occurs()?;
                Ok((max != Some(0)).then_some(Particle::Any { min, max }))
            }
            _ => Ok(None),
        }
    }

    /// A reference to a group stands for what is in it, as often as the reference says.
    fn group(&self, reference: Spot<'a>) -> Result<Option<Particle>, WsdlError> {
        let name = reference.name_in("ref")?.ok_or_else(|| reference.node.wrong("`group` has no attribute `ref`"))?;
        let (_, group) = self.find(&self.groups, "group", &name, reference)?;
        let Some(model) = group.child(&MODELS[..3])? else { return Ok(None) };
        let kind = match model.node.local() {
            "sequence" => GroupKind::Sequence,
            "choice" => GroupKind::Choice,
            _ => GroupKind::All,
        };
        self.model(model, kind, reference)
    }

    /// `counted` is what says how often.
    fn model(&self, spot: Spot<'a>, kind: GroupKind, counted: Spot<'a>) -> Result<Option<Particle>, WsdlError> {
        let (min, max) = counted.occurs()?;
        if max == Some(0) {
            return Ok(None);
        }
        self.budget.charge(spot.node)?;
        let mut particles = Vec::new();
        for child in spot.children() {
            match self.particle(child?)? {
                Some(Particle::Group(inner)) if goes_into(&inner, kind) => particles.extend(inner.particles),
                Some(particle) => particles.push(particle),
                None => {}
            }
        }
        Ok(Some(Particle::Group(Group { kind, min, max, particles })))
    }
}

/// A sequence in a sequence is no more than its parts; neither is what is empty.
fn goes_into(inner: &Group, kind: GroupKind) -> bool {
    let once = inner.min == 1 && inner.max == Some(1);
    (once && inner.kind == GroupKind::Sequence && kind == GroupKind::Sequence)
        || (inner.particles.is_empty() && kind != GroupKind::Choice)
}
