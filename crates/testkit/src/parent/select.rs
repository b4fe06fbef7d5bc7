//! `-k` and `-m`: pytest's small language of names, `and`, `or`, `not` and parentheses.

/// A condition on names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The name is there.
    Name(String),
    /// The condition does not hold.
    Not(Box<Condition>),
    /// All of these.
    And(Vec<Condition>),
    /// At least one of these.
    Or(Vec<Condition>),
    /// Nothing is asked.
    Always,
}

impl Condition {
    /// # Errors
    /// Where it is wrong, and how, in pytest's words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        if tokens.is_empty() {
            return Ok(Self::Always);
        }
        let mut parser = Parser { tokens, at: 0, depth: 0, end: text.chars().count() + 1 };
        let condition = parser.or()?;
        match parser.peek() {
            None => Ok(condition),
            Some((column, token)) => {
                Err(format!("at column {column}: expected end of input; got {}", parser.kind(token)))
            }
        }
    }

    /// Whether it holds where `has` tells which names there are.
    pub fn holds(&self, has: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Name(name) => has(name),
            Self::Not(inner) => !inner.holds(has),
            Self::And(parts) => parts.iter().all(|part| part.holds(has)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(has)),
            Self::Always => true,
        }
    }
}

/// Words and parentheses, with their columns from 1.
fn tokens(text: &str) -> Result<Vec<(usize, String)>, String> {
    let chars: Vec<char> = text.chars().collect();
    let is_word = |c: char| c.is_alphanumeric() || "_:+-.[]/\\".contains(c);
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c == ' ' || c == '\t' {
            i += 1;
        } else if c == '(' || c == ')' {
            found.push((i + 1, c.to_string()));
            i += 1;
        } else if is_word(c) {
            let length = chars[i..].iter().take_while(|c| is_word(**c)).count();
            found.push((i + 1, chars[i..i + length].iter().collect()));
            i += length;
        } else {
            return Err(format!("at column {}: unexpected character \"{c}\"", i + 1));
        }
    }
    Ok(found)
}

/// Nobody nests deeper; Python's own parser, which pytest uses, takes 200.
const DEEPEST: usize = 200;

struct Parser {
    tokens: Vec<(usize, String)>,
    at: usize,
    /// Of parentheses and `not`s that are open.
    depth: usize,
    /// The column after the last.
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<(usize, &str)> {
        self.tokens.get(self.at).map(|(column, token)| (*column, token.as_str()))
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.peek().is_some_and(|(_, token)| token == wanted);
        self.at += usize::from(found);
        found
    }

    fn kind(&self, token: &str) -> &'static str {
        match token {
            "(" => "left parenthesis",
            ")" => "right parenthesis",
            "and" => "and",
            "or" => "or",
            "not" => "not",
            _ => "identifier",
        }
    }

    fn or(&mut self) -> Result<Condition, String> {
        let first = self.and()?;
        let mut parts = vec![first];
        while self.take("or") {
            parts.push(self.and()?);
        }
        Ok(if parts.len() > 1 { Condition::Or(parts) } else { parts.remove(0) })
    }

    fn and(&mut self) -> Result<Condition, String> {
        let first = self.not()?;
        let mut parts = vec![first];
        while self.take("and") {
            parts.push(self.not()?);
        }
        Ok(if parts.len() > 1 { Condition::And(parts) } else { parts.remove(0) })
    }

    fn not(&mut self) -> Result<Condition, String> {
        if self.take("not") {
            return Ok(Condition::Not(Box::new(self.deeper(Self::not)?)));
        }
        if self.take("(") {
            let inner = self.deeper(Self::or)?;
            return if self.take(")") { Ok(inner) } else { Err(self.expected("right parenthesis")) };
        }
        match self.peek() {
            Some((_, token)) if !["and", "or", ")"].contains(&token) => {
                let name = token.to_owned();
                self.at += 1;
                Ok(Condition::Name(name))
            }
            _ => Err(self.expected("not OR left parenthesis OR identifier")),
        }
    }

    fn deeper(&mut self, parse: fn(&mut Self) -> Result<Condition, String>) -> Result<Condition, String> {
        if self.depth == DEEPEST {
            return Err(format!("at column {}: nested too deeply", self.peek().map_or(self.end, |(column, _)| column)));
        }
        self.depth += 1;
        let inner = parse(self);
        self.depth -= 1;
        inner
    }

    fn expected(&self, what: &str) -> String {
        let (column, got) = self.peek().map_or((self.end, "end of input"), |(c, token)| (c, self.kind(token)));
        format!("at column {column}: expected {what}; got {got}")
    }
}

/// `-k`: a name is there if it is a part of one of `keywords`, in whatever case.
#[must_use]
pub fn keyword(condition: &Condition, keywords: &[String]) -> bool {
    let lower: Vec<String> = keywords.iter().map(|k| k.to_lowercase()).collect();
    condition.holds(&|name| {
        let name = name.to_lowercase();
        lower.iter().any(|k| k.contains(&name))
    })
}

/// `-m`: a name is there if it is one of `marks`.
#[must_use]
pub fn mark(condition: &Condition, marks: &[String]) -> bool {
    condition.holds(&|name| marks.iter().any(|m| m == name))
}

/// Whether a node id is what was asked for, or within it.
#[must_use]
pub fn is_within(id: &str, wanted: &str) -> bool {
    id.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with("::") || rest.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_as_they_say() {
        let names = ["test_Send".to_owned(), "slow".to_owned()];
        for (text, holds) in [
            ("send", true),
            ("not send", false),
            ("send and not fast", true),
            ("fast or (send and slow)", true),
            ("not (fast or send)", false),
            ("", true),
        ] {
            assert_eq!(keyword(&Condition::parse(text).unwrap(), &names), holds, "{text}");
        }
        assert!(!mark(&Condition::parse("SLOW").unwrap(), &names));
    }

    #[test]
    fn a_wrong_condition_is_told() {
        for (text, expected) in [
            ("(", "at column 2: expected not OR left parenthesis OR identifier; got end of input"),
            ("a b", "at column 3: expected end of input; got identifier"),
            ("a and", "at column 6: expected not OR left parenthesis OR identifier; got end of input"),
            ("a @", "at column 3: unexpected character \"@\""),
        ] {
            assert_eq!(Condition::parse(text), Err(expected.to_owned()));
        }
        let deep = |n: usize| Condition::parse(&format!("{}a{}", "(".repeat(n), ")".repeat(n)));
        assert_eq!(deep(200), Ok(Condition::Name("a".into())));
        assert_eq!(deep(100_000), Err("at column 202: nested too deeply".to_owned()));
        assert!(Condition::parse(&"not ".repeat(100_000)).is_err());
        let long = Condition::parse(&vec!["a"; 100_000].join(" and ")).unwrap();
        assert!(long.holds(&|name| name == "a"));
    }

    #[test]
    fn node_ids() {
        assert!(is_within("a.py::T::f[1]", "a.py::T"));
        assert!(is_within("a.py::T::f[1]", "a.py::T::f"));
        assert!(!is_within("a.py::T2::f", "a.py::T"));
    }
}
