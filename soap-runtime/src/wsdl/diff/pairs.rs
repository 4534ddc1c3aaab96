//! Which of the old things is which of the new ones.

use std::collections::HashMap;

/// By their places in both lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Same(usize, usize),
    Renamed(usize, usize),
    Removed(usize),
    Added(usize),
}

/// Whether things stand in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Neighbours {
    /// Only what stands behind the same thing can be the same under another name.
    Matter,
    Any,
}

/// By their names; what is left by being `alike`, in the order of the lists. Old ones first.
pub(super) fn pair_up<T>(
    old: &[T],
    new: &[T],
    neighbours: Neighbours,
    name: impl Fn(&T) -> &str,
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<Pair> {
    let partners = by_name(old, new, name);
    let is_taken = taken(&partners, new.len());
    let mut free: Vec<usize> = (0..new.len()).filter(|&at| !is_taken[at]).collect();
    let same_neighbour = |at: usize, other: usize| {
        let before = partners[..at].iter().rev().find_map(|partner| *partner);
        let before_other = (0..other).rev().find(|&at| is_taken[at]);
        neighbours == Neighbours::Any || before == before_other
    };
    let mut pairs = Vec::new();
    for (at, partner) in partners.iter().enumerate() {
        let is_it = |&other: &usize| same_neighbour(at, other) && alike(&old[at], &new[other]);
        pairs.push(match (partner, free.iter().position(is_it)) {
            (Some(partner), _) => Pair::Same(at, *partner),
            (None, Some(found)) => Pair::Renamed(at, free.remove(found)),
            (None, None) => Pair::Removed(at),
        });
    }
    pairs.extend(free.into_iter().map(Pair::Added));
    pairs
}

/// The new one for each old one. Of several with one name the first is the first.
fn by_name<T>(old: &[T], new: &[T], name: impl Fn(&T) -> &str) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, one) in new.iter().enumerate().rev() {
        places.entry(name(one)).or_default().push(at);
    }
    old.iter().map(|one| places.get_mut(name(one)).and_then(Vec::pop)).collect()
}

fn taken(partners: &[Option<usize>], length: usize) -> Vec<bool> {
    let mut taken = vec![false; length];
    partners.iter().flatten().for_each(|&partner| taken[partner] = true);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_by_name_and_then_by_what_they_are() {
        // A name, and what it is.
        type Thing = (&'static str, char);
        let cases: [(&[Thing], &[Thing], &[Pair]); 5] = [
            (&[("a", 'x'), ("b", 'x')], &[("b", 'x'), ("a", 'y')], &[Pair::Same(0, 1), Pair::Same(1, 0)]),
            (&[("a", 'x'), ("b", 'y')], &[("a", 'x'), ("c", 'y')], &[Pair::Same(0, 0), Pair::Renamed(1, 1)]),
            (
                &[("a", 'x'), ("b", 'y')],
                &[("c", 'y'), ("a", 'x')],
                &[Pair::Same(0, 1), Pair::Removed(1), Pair::Added(0)],
            ),
            (&[("a", 'x')], &[("b", 'y')], &[Pair::Removed(0), Pair::Added(0)]),
            (&[("a", 'x'), ("a", 'x')], &[("a", 'x')], &[Pair::Same(0, 0), Pair::Removed(1)]),
        ];
        for (old, new, expected) in cases {
            let pairs = pair_up(old, new, Neighbours::Matter, |thing| thing.0, |a, b| a.1 == b.1);
            assert_eq!(pairs, expected, "{old:?} {new:?}");
        }
    }
}
