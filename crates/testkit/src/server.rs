//! Servers that a test scripts: what they say is given beforehand, what they hear is kept.

use parking_lot::Mutex;
use quecpy_lab::{Activity, Engine};
use serde_json::{Value, json};
use socket2::SockRef;
use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

/// How a server talks.
#[derive(Debug, Clone)]
pub enum Talk {
    /// Says `greeting` to whoever connects, then a reply to each piece that it hears; after the last it hangs up, if
    /// so asked.
    Bytes { greeting: Vec<u8>, replies: Vec<Vec<u8>>, hang_up: bool },
    /// Says back what it hears.
    Echo,
    /// Answers requests for paths: status, headers, body.
    Http(Vec<(String, Answer)>),
    /// A broker of MQTT 3.1.1, without retained messages.
    Mqtt,
}

/// What is served at a path.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    pub real: SocketAddr,
    talk: Talk,
    /// Not the engine itself: its tasks hold this server, and must not keep it.
    runtime: Handle,
    activity: Activity,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// What each connection has said, raw.
    heard: Vec<Vec<u8>>,
    open: Vec<(usize, Arc<TcpStream>)>,
    requests: Vec<Value>,
    published: Vec<(String, Vec<u8>)>,
    /// Connection, topic filter.
    subscriptions: Vec<(usize, String)>,
    closed: bool,
}

impl Server {
    /// Starts one on a port of loopback.
    ///
    /// # Errors
    /// Those of the host.
    pub fn start(engine: &Engine, talk: Talk) -> io::Result<Arc<Self>> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let real = listener.local_addr()?;
        let listener = {
            let _inside = engine.handle().enter();
            TcpListener::from_std(listener)?
        };
        let server = Arc::new(Self {
            real,
            talk,
            runtime: engine.handle().clone(),
            activity: engine.activity().clone(),
            state: Mutex::default(),
        });
        engine.handle().spawn(server.clone().accept(listener));
        Ok(server)
    }

    async fn accept(self: Arc<Self>, listener: TcpListener) {
        loop {
            let accepted = listener.accept().await;
            self.activity.happened();
            if self.state.lock().closed {
                return;
            }
            let Ok((stream, _)) = accepted else { continue };
            // As the lab: an answer in parts does not wait for the acknowledgement of its first.
            let _ = stream.set_nodelay(true);
            let own = self.clone();
            self.runtime.spawn(async move { own.converse(Arc::new(stream)).await });
        }
    }

    async fn converse(&self, stream: Arc<TcpStream>) {
        let number = {
            let mut state = self.state.lock();
            state.heard.push(Vec::new());
            let number = state.heard.len() - 1;
            state.open.push((number, stream.clone()));
            number
        };
        // Errors end the conversation; there is nobody to tell.
        let _ = match &self.talk {
            Talk::Bytes { greeting, replies, hang_up } => {
                self.bytes(number, &stream, greeting, replies, *hang_up).await
            }
            Talk::Echo => self.echo(number, &stream).await,
            Talk::Http(answers) => self.http(number, &stream, answers).await,
            Talk::Mqtt => self.mqtt(number, &stream).await,
        };
        let mut state = self.state.lock();
        state.open.retain(|(n, _)| *n != number);
        state.subscriptions.retain(|(n, _)| *n != number);
        drop(state);
        let _ = SockRef::from(&*stream).shutdown(Shutdown::Both);
    }

    /// The next piece, which is kept; empty at the end.
    async fn hear(&self, number: usize, stream: &TcpStream) -> io::Result<Vec<u8>> {
        let mut room = vec![0; 65536];
        let n = loop {
            stream.readable().await?;
            match stream.try_read(&mut room) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                result => break result?,
            }
        };
        self.activity.happened();
        room.truncate(n);
        if let Some(heard) = self.state.lock().heard.get_mut(number) {
            heard.extend_from_slice(&room);
        }
        Ok(room)
    }

    async fn say_to(&self, stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            stream.writable().await?;
            match stream.try_write(bytes) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                n => bytes = &bytes[n?..],
            }
            self.activity.happened();
        }
        Ok(())
    }

    /// Returns how many were there to hear it.
    async fn say_to_all(&self, streams: &[Arc<TcpStream>], bytes: &[u8]) -> usize {
        let mut heard = 0;
        for stream in streams {
            heard += usize::from(self.say_to(stream, bytes).await.is_ok());
        }
        heard
    }

    async fn bytes(
        &self,
        number: usize,
        stream: &TcpStream,
        greeting: &[u8],
        replies: &[Vec<u8>],
        hang_up: bool,
    ) -> io::Result<()> {
        self.say_to(stream, greeting).await?;
        for reply in replies {
            if self.hear(number, stream).await?.is_empty() {
                return Ok(());
            }
            self.say_to(stream, reply).await?;
        }
        if hang_up {
            return Ok(());
        }
        while !self.hear(number, stream).await?.is_empty() {}
        Ok(())
    }

    async fn echo(&self, number: usize, stream: &TcpStream) -> io::Result<()> {
        loop {
            let piece = self.hear(number, stream).await?;
            if piece.is_empty() {
                return Ok(());
            }
            self.say_to(stream, &piece).await?;
        }
    }

    async fn http(&self, number: usize, stream: &TcpStream, answers: &[(String, Answer)]) -> io::Result<()> {
        let mut pending = Vec::new();
        let head_ends = loop {
            if let Some(at) = find(&pending, b"\r\n\r\n") {
                break at;
            }
            let piece = self.hear(number, stream).await?;
            if piece.is_empty() {
                return Ok(());
            }
            pending.extend(piece);
        };
        let head = String::from_utf8_lossy(&pending[..head_ends]).into_owned();
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split_whitespace();
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let headers: Vec<(&str, &str)> =
            lines.filter_map(|l| l.split_once(':')).map(|(k, v)| (k.trim(), v.trim())).collect();
        let length = headers.iter().find(|(k, _)| k.eq_ignore_ascii_case("content-length"));
        let length = length.and_then(|(_, v)| v.parse::<usize>().ok()).unwrap_or(0).min(1 << 24);
        let whole = head_ends + 4 + length;
        while pending.len() < whole {
            let piece = self.hear(number, stream).await?;
            if piece.is_empty() {
                return Ok(());
            }
            pending.extend(piece);
        }
        let body = &pending[head_ends + 4..whole];
        let names: serde_json::Map<String, Value> =
            headers.iter().map(|(k, v)| (k.to_lowercase(), Value::from(*v))).collect();
        self.state.lock().requests.push(json!({"method": method, "path": path, "headers": names, "body": body}));
        let bare = path.split('?').next().unwrap_or(path);
        let answer = answers.iter().find(|(p, _)| p == path || p == bare || p == "*").map(|(_, a)| a.clone());
        let answer = answer.unwrap_or(Answer { status: 404, headers: Vec::new(), body: b"not found\n".to_vec() });
        let mut reply = format!(
            "HTTP/1.1 {} {}\r\nContent-Length: {}\r\nConnection: close\r\n",
            answer.status,
            reason(answer.status),
            answer.body.len()
        );
        for (name, value) in &answer.headers {
            reply += &format!("{name}: {value}\r\n");
        }
        self.say_to(stream, (reply + "\r\n").as_bytes()).await?;
        self.say_to(stream, &answer.body).await?;
        Ok(())
    }

    async fn mqtt(&self, number: usize, stream: &TcpStream) -> io::Result<()> {
        let mut pending = Vec::new();
        loop {
            while let Some((kind, body, used)) = packet(&pending) {
                pending.drain(..used);
                match kind >> 4 {
                    1 => self.say_to(stream, &[0x20, 2, 0, 0]).await?,
                    3 => self.publish_from(kind, &body, stream).await?,
                    8 => {
                        let granted = self.subscribe(number, &body);
                        let mut reply = vec![0x90, u8::try_from(2 + granted).unwrap_or(u8::MAX)];
                        reply.extend(body.get(..2).unwrap_or(&[0, 0]));
                        reply.extend(std::iter::repeat_n(0, granted));
                        self.say_to(stream, &reply).await?;
                    }
                    10 => {
                        self.state.lock().subscriptions.retain(|(n, _)| *n != number);
                        self.say_to(
                            stream,
                            &[0xb0, 2, body.first().copied().unwrap_or(0), body.get(1).copied().unwrap_or(0)],
                        )
                        .await?;
                    }
                    12 => self.say_to(stream, &[0xd0, 0]).await?,
                    14 => return Ok(()),
                    _ => {}
                }
            }
            let piece = self.hear(number, stream).await?;
            if piece.is_empty() {
                return Ok(());
            }
            pending.extend(piece);
        }
    }

    fn subscribe(&self, number: usize, body: &[u8]) -> usize {
        let (mut at, mut granted) = (2, 0);
        while let Some(topic) = text_at(body, at) {
            at += 2 + topic.len() + 1;
            self.state.lock().subscriptions.push((number, topic));
            granted += 1;
        }
        granted
    }

    async fn publish_from(&self, kind: u8, body: &[u8], stream: &TcpStream) -> io::Result<()> {
        let Some(topic) = text_at(body, 0) else { return Ok(()) };
        let mut at = 2 + topic.len();
        if kind >> 1 & 3 > 0 {
            let id = body.get(at..at + 2).unwrap_or(&[0, 0]).to_vec();
            at += 2;
            self.say_to(stream, &[&[0x40, 2][..], &id].concat()).await?;
        }
        let payload = body.get(at..).unwrap_or_default().to_vec();
        // A subscriber that is gone misses it.
        self.say_to_all(&self.subscribers(&topic), &publication(&topic, &payload)).await;
        self.state.lock().published.push((topic, payload));
        Ok(())
    }

    fn subscribers(&self, topic: &str) -> Vec<Arc<TcpStream>> {
        let state = self.state.lock();
        let wants = |n: usize| state.subscriptions.iter().any(|(of, filter)| *of == n && matches(filter, topic));
        state.open.iter().filter(|(n, _)| wants(*n)).map(|(_, stream)| stream.clone()).collect()
    }

    /// Sends a message to those who have subscribed to its topic; returns how many.
    pub fn publish(&self, topic: &str, payload: &[u8]) -> usize {
        let message = publication(topic, payload);
        self.runtime.block_on(self.say_to_all(&self.subscribers(topic), &message))
    }

    /// Says something to all who are connected.
    pub fn say(&self, bytes: &[u8]) -> usize {
        let open: Vec<_> = self.state.lock().open.iter().map(|(_, stream)| stream.clone()).collect();
        self.runtime.block_on(self.say_to_all(&open, bytes))
    }

    /// Ends all connections: with a reset, or as a server hangs up.
    pub fn drop_connections(&self, reset: bool) {
        let open = std::mem::take(&mut self.state.lock().open);
        for (_, stream) in open {
            let socket = SockRef::from(&*stream);
            if reset {
                // Nothing is sent that was not; where that cannot be set, it ends as any other.
                let _ = socket.set_linger(Some(std::time::Duration::ZERO));
            }
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// Nobody is let in any more.
    pub fn close(&self) {
        self.state.lock().closed = true;
        self.drop_connections(false);
        // Wakes the task that accepts, which then ends.
        drop(std::net::TcpStream::connect(self.real));
    }

    /// What it has heard.
    pub fn told(&self) -> Value {
        let state = self.state.lock();
        json!({
            "heard": state.heard,
            "open": state.open.len(),
            "requests": state.requests,
            "published": state.published,
            "subscriptions": state.subscriptions.iter().map(|(_, t)| t).collect::<Vec<_>>(),
        })
    }
}

/// A message to a subscriber.
fn publication(topic: &str, payload: &[u8]) -> Vec<u8> {
    let mut body = u16::try_from(topic.len()).unwrap_or(u16::MAX).to_be_bytes().to_vec();
    body.extend(topic.as_bytes());
    body.extend(payload);
    let mut message = vec![0x30];
    let mut length = body.len();
    loop {
        let low = u8::try_from(length & 0x7f).unwrap_or(0);
        length >>= 7;
        message.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            break;
        }
    }
    message.extend(body);
    message
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

/// The first packet of what was heard: its first byte, its body, and how many bytes it takes in all.
fn packet(bytes: &[u8]) -> Option<(u8, Vec<u8>, usize)> {
    let (mut length, mut at) = (0_usize, 1);
    loop {
        let byte = *bytes.get(at)?;
        length |= usize::from(byte & 0x7f) << (7 * (at - 1));
        at += 1;
        if byte & 0x80 == 0 || at > 4 {
            break;
        }
    }
    let body = bytes.get(at..at + length)?.to_vec();
    Some((bytes[0], body, at + length))
}

fn text_at(bytes: &[u8], at: usize) -> Option<String> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    String::from_utf8(bytes.get(at + 2..at + 2 + length)?.to_vec()).ok()
}

/// MQTT's topic filters: `+` is one level, `#` all that follow.
fn matches(filter: &str, topic: &str) -> bool {
    let mut levels = topic.split('/');
    for wanted in filter.split('/') {
        match (wanted, levels.next()) {
            ("#", _) => return true,
            ("+", Some(_)) => {}
            (wanted, Some(level)) if wanted == level => {}
            _ => return false,
        }
    }
    levels.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    #[test]
    fn filters() {
        for (filter, topic, fits) in [
            ("a/b", "a/b", true),
            ("a/+", "a/b", true),
            ("a/#", "a/b/c", true),
            ("a/+", "a/b/c", false),
            ("a", "b", false),
        ] {
            assert_eq!(matches(filter, topic), fits, "{filter} {topic}");
        }
    }

    #[test]
    fn a_server_replies_and_remembers() {
        let talk = Talk::Bytes { greeting: b"hi".to_vec(), replies: vec![b"one".to_vec()], hang_up: true };
        let (engine, ()) = Engine::start("test", |_, _| Ok(())).unwrap();
        let server = Server::start(&engine, talk).unwrap();
        let mut client = std::net::TcpStream::connect(server.real).unwrap();
        client.write_all(b"question").unwrap();
        let mut all = Vec::new();
        client.read_to_end(&mut all).unwrap();
        assert_eq!(all, b"hione");
        assert_eq!(server.told()["heard"], json!([b"question"]));
        server.close();
    }
}
