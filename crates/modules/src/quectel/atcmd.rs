//! `atcmd`: AT commands from Python.

pub(crate) use atcmd::module_def as definition;

#[rustpython_vm::pymodule]
mod atcmd {
    use crate::bridge::session;
    use crate::bridge::values::{FAILED, text};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::ArgMemoryBuffer;
    use rustpython_vm::{PyResult, VirtualMachine};

    /// Carries out a command and puts its lines, or those that hold `wanted`, into `reply`. 0, or −1.
    #[pyfunction(name = "sendSync")]
    fn send_sync(
        command: TextOrBytes,
        reply: ArgMemoryBuffer,
        wanted: TextOrBytes,
        _timeout: i64,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let (command, wanted) = (text(&command), text(&wanted));
        // Without its line end the module waits for the rest, until the time is over.
        let answer =
            command.ends_with(['\r', '\n']).then(|| session::of(vm).map(|board| board.at(&command))).transpose()?;
        let lines = match &answer {
            Some(Ok(lines)) => lines.as_slice(),
            Some(Err(line)) => std::slice::from_ref(line),
            None => &[],
        };
        let found: Vec<&str> = lines.iter().map(String::as_str).filter(|line| line.contains(&wanted)).collect();
        let shown = if found.is_empty() { String::new() } else { format!("\r\n{}\r\n\n", found.join("\r\n")) };
        reply.with_ref(|room| {
            room.fill(0);
            let n = room.len().min(shown.len());
            room[..n].copy_from_slice(&shown.as_bytes()[..n]);
        });
        let done = matches!(answer, Some(Ok(_))) && (wanted.is_empty() || !found.is_empty());
        Ok(if done { 0 } else { FAILED })
    }
}
