//! Names of files look like names and are nobody's: `CrudeStocks.pdf`.

use super::Work;

impl Work<'_> {
    /// Takes away names whose last word ends as names of files do.
    pub(super) fn files(&mut self) {
        let (rules, line) = (self.rules, &self.line);
        let fired = &mut self.fired;
        self.drafts.retain(|draft| {
            let last = draft.words.end.saturating_sub(1);
            // `Contratos`, `.` and `pdf` are one word where no blank is between.
            let first = (draft.words.start + 1..=last)
                .rev()
                .find(|at| !line.touches(*at))
                .unwrap_or(draft.words.start);
            let pieces = (first..=last).map(|at| line.letters(at));
            let word = pieces.collect::<String>().to_lowercase();
            let ending = rules.file_endings.iter().find(|(ending, _)| {
                word.strip_suffix(ending.as_str())
                    .is_some_and(|stem| stem.ends_with(char::is_alphanumeric))
            });
            fired.extend(ending.map(|(_, rule)| *rule));
            ending.is_none()
        });
    }
}
