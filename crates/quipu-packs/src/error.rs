//! What is wrong with a pack file, said so that its author can mend it.

/// A pack file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {message}; {instead}")]
pub struct PackError {
    /// The file, as a path below the pack folder.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub instead: String,
}

impl PackError {
    pub(crate) fn at(file: &str, line: usize, message: impl Into<String>, instead: &str) -> Self {
        Self {
            file: file.to_owned(),
            line,
            message: message.into(),
            instead: instead.to_owned(),
        }
    }

    /// An error about the rule of that name: its line is where the name stands.
    pub(crate) fn about(
        file: &str,
        text: &str,
        name: &str,
        message: impl Into<String>,
        instead: &str,
    ) -> Self {
        let quoted = format!("\"{name}\"");
        let line = text.lines().position(|line| line.contains(&quoted));
        Self::at(file, line.map_or(1, |line| line + 1), message, instead)
    }
}

/// A rule that does not keep what its own examples promise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    /// The rule.
    pub rule: String,
    /// The example or near miss.
    pub text: String,
    /// What was promised, and what came.
    pub message: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} in `{}`", self.rule, self.message, self.text)
    }
}
