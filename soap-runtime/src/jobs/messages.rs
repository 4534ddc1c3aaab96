//! Messages of `notifyService` on their way to a job in another process: a file, a line for each.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use super::folder::{Folder, LONGEST};

pub(super) const FILE: &str = "messages.txt";
/// What a wrapped program reads, and takes away when it has.
pub(super) const NOTIFICATIONS: &str = "notifications.txt";

/// Adds a message, if the file stays one that is read whole.
pub(super) fn append(folder: &Folder, message: &str) -> io::Result<bool> {
    // One after the other: of what there is no room for, what was written is taken back before
    // somebody else writes behind it.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    folder.make()?;
    let line = encode(message) + "\n";
    let mut file = folder.appending(FILE)?;
    let length = file.metadata()?.len();
    if length + line.len() as u64 > LONGEST {
        return Ok(false);
    }
    match file.write_all(line.as_bytes()) {
        Ok(()) => Ok(true),
        Err(error) => file.set_len(length).and(Err(error)),
    }
}

/// A message as one line.
fn encode(message: &str) -> String {
    message.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

/// The messages in a file; a line that is not finished yet is none.
pub(super) fn decode(file: &str) -> impl Iterator<Item = String> {
    file.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(|line| {
        let mut message = String::with_capacity(line.len());
        let mut characters = line.chars();
        while let Some(c) = characters.next() {
            message.push(match c {
                '\\' => match characters.next() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some(other) => other,
                    None => '\\',
                },
                other => other,
            });
        }
        message
    })
}

/// A message for a program that reads lines: one, whatever it holds.
pub(super) fn as_line(message: &str) -> String {
    message.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_whatever_they_hold() {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::at(directory.path());
        let messages = ["abort", "", "two\nlines\r\n", "\\n", "größe \\"];
        messages.iter().for_each(|message| assert!(append(&folder, message).expect("writable")));
        let file = folder.read(FILE, LONGEST).expect("readable").expect("there");
        assert_eq!(decode(&file).collect::<Vec<_>>(), messages);
        assert_eq!(decode("whole\nhalf").collect::<Vec<_>>(), ["whole"]);
        assert!(!append(&folder, &"x".repeat(LONGEST as usize)).expect("writable"), "there is no room");
    }
}
