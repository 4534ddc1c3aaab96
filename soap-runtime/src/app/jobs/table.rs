//! A table of plain text, fitted to the terminal.

use std::io::{self, Write};
use std::iter::zip;

use super::text::middle_cut;

/// Between two columns.
const GAP: &str = "  ";

/// A column; the rows have its cells.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) title: &'static str,
    /// The width that it may be cut down to; without it, it is as wide as its cells.
    pub(super) cut_to: Option<usize>,
    /// When it is left out, if there is not enough room: the lowest number first.
    pub(super) left_out: Option<u8>,
}

pub(super) struct Table<'a> {
    pub(super) columns: &'a [Column],
    /// Each with a cell for each column, without line ends.
    pub(super) rows: Vec<Vec<String>>,
}

impl Table<'_> {
    /// Writes it, not wider than `room` if that can be.
    pub(super) fn write(&self, out: &mut dyn Write, room: Option<usize>) -> io::Result<()> {
        let shown = self.fit(room.unwrap_or(usize::MAX));
        let titles = self.columns.iter().map(|column| column.title.to_owned()).collect();
        for row in std::iter::once(&titles).chain(&self.rows) {
            let cells = shown.iter().map(|&(at, width)| {
                let cell = middle_cut(&row[at], width);
                format!("{cell:width$}")
            });
            writeln!(out, "{}", cells.collect::<Vec<_>>().join(GAP).trim_end())?;
        }
        Ok(())
    }

    /// Which columns are shown, and how wide.
    fn fit(&self, room: usize) -> Vec<(usize, usize)> {
        let wanted: Vec<usize> = (0..self.columns.len()).map(|at| self.width(at)).collect();
        let least: Vec<usize> =
            zip(self.columns, &wanted).map(|(column, &width)| column.cut_to.unwrap_or(width).min(width)).collect();
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        while total(&shown, &least) > room {
            let next = shown.iter().filter_map(|&at| Some((self.when_left_out(at)?, at))).min();
            let Some((_, next)) = next else { break };
            shown.retain(|&at| at != next);
        }
        let mut spare = room.saturating_sub(total(&shown, &least));
        let widths = shown.into_iter().map(|at| {
            let more = (wanted[at] - least[at]).min(spare);
            spare -= more;
            (at, least[at] + more)
        });
        widths.collect()
    }

    /// A column that says the same in all rows says little, and goes before the others.
    fn when_left_out(&self, at: usize) -> Option<(bool, u8)> {
        let is_uniform = self.rows.iter().all(|row| row[at] == self.rows[0][at]);
        self.columns[at].left_out.map(|number| (!is_uniform, number))
    }

    fn width(&self, at: usize) -> usize {
        let title = self.columns[at].title.chars().count();
        self.rows.iter().map(|row| row[at].chars().count()).fold(title, usize::max)
    }
}

fn total(shown: &[usize], widths: &[usize]) -> usize {
    shown.iter().map(|&at| widths[at] + GAP.len()).sum::<usize>().saturating_sub(GAP.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 4] = [
        Column { title: "ID", cut_to: Some(4), left_out: None },
        Column { title: "SERVICE", cut_to: None, left_out: Some(2) },
        Column { title: "TRY", cut_to: None, left_out: Some(1) },
        Column { title: "STATE", cut_to: None, left_out: None },
    ];

    fn written(rows: &[[&str; 4]], room: Option<usize>) -> String {
        let rows = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
        let mut out = Vec::new();
        Table { columns: &COLUMNS, rows }.write(&mut out, room).expect("memory takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn columns_stand_below_their_titles() {
        let rows = [["größe", "Waiter", "1", "running"], ["a", "Adder", "12", "failed"]];
        let expected = "\
ID     SERVICE  TRY  STATE
größe  Waiter   1    running
a      Adder    12   failed
";
        assert_eq!(written(&rows, None), expected);
        assert_eq!(written(&[], None), "ID  SERVICE  TRY  STATE\n");
    }

    #[test]
    fn a_narrow_terminal_cuts_first_and_leaves_out_then() {
        let rows = [["0123456789", "Waiter", "1", "running"], ["a", "Adder", "2", "failed"]];
        for (room, titles, first) in [
            (34, "ID          SERVICE  TRY  STATE", "0123456789  Waiter   1    running"),
            (33, "ID          SERVICE  TRY  STATE", "0123456789  Waiter   1    running"),
            (29, "ID      SERVICE  TRY  STATE", "0123…9  Waiter   1    running"),
            (27, "ID    SERVICE  TRY  STATE", "01…9  Waiter   1    running"),
            (26, "ID        SERVICE  STATE", "01234…89  Waiter   running"),
            (20, "ID          STATE", "0123456789  running"),
            (1, "ID    STATE", "01…9  running"),
        ] {
            let table = written(&rows, Some(room));
            let lines: Vec<_> = table.lines().take(2).collect();
            assert_eq!(lines, [titles, first], "{room}");
        }
        for room in 13..40 {
            let table = written(&rows, Some(room));
            assert!(table.lines().all(|line| line.chars().count() <= room), "{room}:\n{table}");
        }
    }

    #[test]
    fn what_is_the_same_in_all_rows_goes_first() {
        let rows = [["a", "Waiter", "1", "running"], ["b", "Waiter", "2", "failed"]];
        assert!(written(&rows, Some(20)).starts_with("ID  TRY  STATE\n"));
    }
}
