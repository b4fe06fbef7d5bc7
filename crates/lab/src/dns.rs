//! The name server: RFC 1035 over UDP and TCP, with the addresses of `names`. It reads the one question of a query
//! and nothing behind it, so that any type, class and extension may be asked for; a reply never needs more than the
//! 512 bytes of a plain datagram (section 2.3.4).

use crate::linger::Stream;
use crate::names::{self, Names};
use crate::world::World;
use std::ops::Range;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Section 4.1.1.
const HEADER: usize = 12;
/// A name on the wire, with the lengths of its labels (section 2.3.4).
const LONGEST_NAME: usize = 255;
/// Type and class have these numbers (sections 3.2.2 and 3.2.4); the question may ask for any (section 3.2.3).
const TYPE_A: u16 = 1;
const CLASS_IN: u16 = 1;
const ANY: u16 = 255;
/// Flags of the header's second word (section 4.1.1).
const RESPONSE: u16 = 0x8000;
const OPCODE: u16 = 0x7800;
const RECURSION_DESIRED: u16 = 0x0100;
const RECURSION_AVAILABLE: u16 = 0x0080;
/// Seconds for which a resolver may keep an address; the lab never changes one.
const TIME_TO_LIVE: u32 = 60;
/// A pointer to the name in the question, which always stands behind the header (section 4.1.4).
const NAME_OF_THE_QUESTION: [u8; 2] = [0xc0, HEADER as u8];

/// RCODE (section 4.1.1).
#[derive(Clone, Copy)]
enum Outcome {
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
}

struct Question {
    name: String,
    kind: u16,
    class: u16,
    /// Where it stands in the message.
    bytes: Range<usize>,
}

/// Queries over TCP have their length in front (section 4.2.2); one connection may carry many.
pub async fn serve(world: Arc<World>, mut stream: Stream) {
    while let Ok(length) = stream.read_u16().await {
        let mut query = vec![0; usize::from(length)];
        if stream.read_exact(&mut query).await.is_err() {
            return;
        }
        let Some(mut reply) = answer(&world.names, &query) else { break };
        let length = u16::try_from(reply.len()).expect("one question and one address are shorter than 64 KiB");
        reply.splice(0..0, length.to_be_bytes());
        if stream.write_all(&reply).await.is_err() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}

/// The reply to a query; `None` for what has no header, and for what is itself a reply.
pub fn answer(names: &Names, query: &[u8]) -> Option<Vec<u8>> {
    if query.len() < HEADER {
        return None;
    }
    let flags = word(query, 2)?;
    if flags & RESPONSE != 0 {
        return None;
    }
    if flags & OPCODE != 0 {
        return Some(reply(query, flags, Outcome::NotImplemented, None, None));
    }
    let Some(question) = question(query).filter(|_| word(query, 4) == Some(1)) else {
        return Some(reply(query, flags, Outcome::FormatError, None, None));
    };
    let wants_address = matches!(question.kind, TYPE_A | ANY) && matches!(question.class, CLASS_IN | ANY);
    let (outcome, address) = match (names::exists(&question.name), wants_address) {
        (false, _) if question.name.is_empty() => (Outcome::NoError, None), // the root
        (false, _) => (Outcome::NameError, None),
        (true, false) => (Outcome::NoError, None),
        (true, true) => match names.address(&question.name) {
            Some(address) => (Outcome::NoError, Some(address.octets())),
            None => (Outcome::ServerFailure, None),
        },
    };
    Some(reply(query, flags, outcome, Some(question), address))
}

fn reply(query: &[u8], flags: u16, outcome: Outcome, question: Option<Question>, address: Option<[u8; 4]>) -> Vec<u8> {
    let mut reply = query[..2].to_vec();
    let flags = RESPONSE | flags & (OPCODE | RECURSION_DESIRED) | RECURSION_AVAILABLE | outcome as u16;
    for word in [flags, question.is_some().into(), address.is_some().into(), 0, 0] {
        reply.extend(word.to_be_bytes());
    }
    if let Some(question) = question {
        reply.extend(&query[question.bytes]);
    }
    if let Some(address) = address {
        reply.extend(NAME_OF_THE_QUESTION);
        reply.extend(TYPE_A.to_be_bytes());
        reply.extend(CLASS_IN.to_be_bytes());
        reply.extend(TIME_TO_LIVE.to_be_bytes());
        reply.extend([0, 4]);
        reply.extend(address);
    }
    reply
}

/// The first question. Its name cannot be compressed: no name stands before it.
fn question(query: &[u8]) -> Option<Question> {
    let mut name = String::new();
    let mut at = HEADER;
    loop {
        let length = usize::from(*query.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        if length > 63 {
            return None;
        }
        if !name.is_empty() {
            name.push('.');
        }
        // What cannot be in a host name becomes a blank, which cannot either: such a name does not exist.
        let plain = |b: &u8| if b.is_ascii() && *b != b'.' { char::from(*b) } else { ' ' };
        name.extend(query.get(at..at + length)?.iter().map(plain));
        at += length;
    }
    let sound = at - HEADER <= LONGEST_NAME;
    sound.then_some(Question { name, kind: word(query, at)?, class: word(query, at + 2)?, bytes: HEADER..at + 4 })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use simple_dns::rdata::RData;
    use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, Question, RCODE, TYPE};

    fn query(name: &str, kind: TYPE) -> Vec<u8> {
        let mut packet = Packet::new_query(0xbeef);
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
        packet.questions.push(Question::new(Name::new_unchecked(name), QTYPE::TYPE(kind), CLASS::IN.into(), false));
        packet.build_bytes_vec().expect("a query")
    }

    /// RCODE and the addresses of the reply, read by somebody else's parser.
    fn ask(names: &Names, query: &[u8]) -> (RCODE, Vec<u32>) {
        let reply = answer(names, query).expect("a reply");
        let packet = Packet::parse(&reply).expect("a sound reply");
        assert_eq!(packet.id(), 0xbeef);
        assert!(packet.has_flags(PacketFlag::RESPONSE | PacketFlag::RECURSION_AVAILABLE));
        let address = |record: &simple_dns::ResourceRecord<'_>| match &record.rdata {
            RData::A(a) => a.address,
            other => panic!("{other:?}"),
        };
        if let Some(record) = packet.answers.first() {
            assert_eq!(record.name, packet.questions[0].qname, "in the letters of the question");
        }
        (packet.rcode(), packet.answers.iter().map(address).collect())
    }

    #[test]
    fn a_name_has_the_address_that_sockets_see() {
        let names = Names::default();
        let (rcode, found) = ask(&names, &query("Time.Example.com", TYPE::A));
        assert_eq!(rcode, RCODE::NoError);
        assert_eq!(found, [names.address("time.example.com").expect("an address").to_bits()]);
    }

    #[test]
    fn other_types_are_empty_but_no_error() {
        let names = Names::default();
        for kind in [TYPE::AAAA, TYPE::MX, TYPE::TXT, TYPE::HTTPS] {
            assert_eq!(ask(&names, &query("example.com", kind)), (RCODE::NoError, vec![]), "{kind:?}");
        }
        let mut unlisted = query("example.com", TYPE::A);
        let kind = unlisted.len() - 4;
        unlisted[kind..kind + 2].copy_from_slice(&0xfff0_u16.to_be_bytes());
        let reply = answer(&names, &unlisted).expect("a reply");
        assert_eq!(reply[3] & 15, Outcome::NoError as u8);
        assert_eq!(reply[6..8], [0, 0], "no answers");
    }

    #[test]
    fn names_that_do_not_exist() {
        let names = Names::default();
        for name in ["x.invalid", "a b.example.com", "256.1.1.1"] {
            assert_eq!(ask(&names, &query(name, TYPE::A)), (RCODE::NameError, vec![]), "{name}");
        }
        let mut dotted = query("a-b.example.com", TYPE::A);
        dotted[14] = b'.'; // the label `a.b`
        assert_eq!(answer(&names, &dotted).map(|r| r[3] & 15), Some(Outcome::NameError as u8));
    }

    #[test]
    fn garbage_with_a_header_is_a_format_error_and_less_is_silence() {
        let names = Names::default();
        let whole = query("www.example.com", TYPE::A);
        for length in 0..whole.len() {
            let reply = answer(&names, &whole[..length]);
            assert_eq!(reply.map(|r| (r.len(), r[3] & 15)), (length >= 12).then_some((12, 1)), "{length} bytes");
        }
        let mut pointer = whole.clone();
        pointer[12] = 0xc0;
        assert_eq!(ask(&names, &pointer).0, RCODE::FormatError);
        let mut two = whole.clone();
        two[5] = 2;
        assert_eq!(ask(&names, &two).0, RCODE::FormatError);
        let mut update = whole.clone();
        update[2] |= 0x28;
        assert_eq!(ask(&names, &update).0, RCODE::NotImplemented);
        let mut endless = whole[..12].to_vec();
        endless.extend([1, b'a'].repeat(200));
        endless.extend([0, 0, 1, 0, 1]);
        assert_eq!(ask(&names, &endless).0, RCODE::FormatError);
        let mut a_reply = whole;
        a_reply[2] |= 0x80;
        assert_eq!(answer(&names, &a_reply), None);
    }
}
