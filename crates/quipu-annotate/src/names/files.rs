//! Names of files look like names and are nobody's: `CrudeStocks.pdf`.

use super::Work;

impl Work<'_> {
    /// Takes away names whose last word ends as names of files do.
    pub(super) fn files(&mut self) {
        let (rules, line) = (self.rules, &self.line);
        let fired = &mut self.fired;
        self.drafts.retain(|draft| {
            let last = draft.words.end.saturating_sub(1);
            let word = line.letters(last).to_lowercase();
            let ending = rules.file_endings.iter().find(|(ending, _)| {
                word.strip_suffix(ending.as_str())
                    .is_some_and(|stem| stem.ends_with(char::is_alphanumeric))
            });
            fired.extend(ending.map(|(_, rule)| *rule));
            ending.is_none()
        });
    }
}
