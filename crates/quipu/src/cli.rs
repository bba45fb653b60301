//! The words of the terminal: commands, options, and the help that teaches them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Quipu reads a pile of documents and lays open who says what, with every
/// character traceable to its source. It works on this machine alone.
#[derive(Debug, Parser)]
#[command(
    name = "quipu",
    version,
    about,
    long_about = None,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Start here:\n  quipu open my-documents        read a folder and open the reading room\n  quipu search 'fiscalia'        search it from the terminal\n\nExit status: 0 all done, 1 done but something was refused or damaged,\n2 wrong use, 3 could not work."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read what is new or changed, then open the reading room
    #[command(
        after_help = "Example:\n  quipu open leaks/ press/ --archive case.quipu\n\nWithout --archive the archive is NAME.quipu beside the first path.\nPress Ctrl-C to close the reading room; the archive stays."
    )]
    Open(Open),
    /// Read what is new or changed into an archive
    #[command(
        after_help = "Examples:\n  quipu read leaks/ --archive case.quipu\n  quipu read --dry-run --format json memo.pdf    what the reader sees; writes nothing\n\nReading can be interrupted at any moment; the same command goes on where it stopped."
    )]
    Read(Read),
    /// Open the reading room on an archive
    Serve(Serve),
    /// Search an archive from the terminal
    #[command(
        after_help = "The query language:\n  two words            both, anywhere in a document\n  \"two words\"          side by side\n  \"two words\"~5        at most five words apart\n  a OR b, NOT c, -c    either; without\n  fiscal*, fiscla~     beginning with; spelt nearly like\n  title:, from:, to:, subject:, byline:, publisher:, kind:, lang:, folder:, year:\n  date:1991..1992, date:1991-03    a date in the text, or of the document\n  dated:1991, before:1990, after:1992-05    the document's own date\n  amount:50000, amount:>1000000 USD, amount:1000..5000 USD, amount:PEN\n  kind:payment, standing:alleged, holder:embassy, who:chavez, payer:chavez\n                       claims: all that is asked of them holds of one claim\nA date or amount is found by all it may mean: \"before 1993\" answers date:1991,\n\"nearly a million\" answers amount:900000..1000000.\nAccents and capitals never matter."
    )]
    Search(Search),
    /// Show the sentences of a text with their words, trees and names, its times and amounts
    #[command(
        after_help = "Examples:\n  quipu annotate memo.txt                            trees, names, times, amounts, for reading\n  quipu annotate --format json memo.txt nota.txt     a line of JSON for each file\n  quipu annotate --format conllu < memo.txt          Universal Dependencies\n  quipu annotate --input conllu --format conllu given.conllu\n                                                     the words and sentences given, annotated anew\n\nA text is annotated as it stands, in UTF-8, without repair; offsets count its\ncharacters (Unicode code points) from 0. With --input conllu they count in the\n`# text` of each sentence.\n\nTimes are reckoned against --reference-date; without it against the date at the\nhead of the text, where it has one; else only against each other."
    )]
    Annotate(Annotate),
    /// Show who says who did what in documents, without an archive
    #[command(
        after_help = "Examples:\n  quipu claims memo.pdf                    every claim, sentence by sentence\n  quipu claims --explain memo.pdf          and the rule that read it, or why none did\n  quipu claims --kind payment leaks/       payments alone, in every file of a folder\n  quipu claims --format json memo.pdf      a line of JSON for each claim\n\nA claim is one thing said: a kind (payment), who fills its roles (payer, payee),\nwhen, where, how much; who says it, and how: asserted by the source itself,\nreported, alleged, testified, found by a court, denied, retracted, planned.\n  payer Ana Paz (She) → payee the mayor    the name, and behind it the words here\n  (not)                                    it is said not to be so\n  open                                     said, but of no kind that Quipu knows\n\nKinds and the words that say them are plain files: `quipu packs write FOLDER`\nwrites them out, `--packs FOLDER` reads with yours."
    )]
    Claims(Claims),
    /// Write out the language packs and kinds, or check changed ones
    #[command(
        after_help = "Examples:\n  quipu packs write my-packs               what this program knows, as plain files\n  quipu packs check my-packs               is every file sound, and does every rule\n                                           keep what its examples promise?\n  quipu claims --packs my-packs memo.txt   read with them"
    )]
    Packs(Packs),
    /// Tell how alike two writings of a name are
    #[command(
        after_help = "Example:\n  printf 'PER\\tChávez, Demetrio\\tDemetrio Chavez\\n' | quipu match-names\n\nEach line is PER (a person), ORG (a body), ANY or OTHER, a tab, a name, a tab, a\nname. For each line one figure is printed, from 0.000 (two names) to 1.000 (one);\nfrom 0.500 on they are rather one. Accents, capitals, order, titles, initials,\nscripts and legal forms are allowed for; a name that both have and differ in\ncounts against them. It compares names alone, and never says that two people are one."
    )]
    MatchNames(MatchNames),
    /// List the sources of an archive
    Sources(Sources),
    /// Prove that nothing given was lost or altered
    Verify(Verify),
    /// Write an archive's contents in an outside format
    #[command(
        after_help = "Examples:\n  quipu export claims -A case.quipu -o claims.jsonl    who says who did what, a line each\n  quipu export documents -A case.quipu                 texts, fields, times and amounts\n  quipu export bagit -A case.quipu -o bag              the originals, with checksums\n\nOffsets count the characters (Unicode code points) of the text after repair,\nwhich is `text` in the format documents."
    )]
    Export(Export),
    /// Print shell completions (bash, zsh, fish, elvish, powershell)
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page (try `quipu man | man -l -`)
    Man,
    #[command(hide = true)]
    ReadWorker(Worker),
    #[command(hide = true)]
    LookWorker(Worker),
    #[command(hide = true)]
    ClaimsWorker(ClaimsWorker),
    #[command(hide = true)]
    PictureWorker,
}

#[derive(Debug, Args)]
pub(crate) struct Where {
    /// The archive (default: the only *.quipu folder here)
    #[arg(long, short = 'A', value_name = "ARCHIVE", env = "QUIPU_ARCHIVE")]
    pub(crate) archive: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// How many documents to read at a time (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// How pictures of text are read
    #[arg(long, value_enum, default_value_t = Ocr::Auto)]
    pub(crate) ocr: Ocr,
    /// Folder of OCR models
    #[arg(long, value_name = "DIR", env = "QUIPU_OCR_MODELS")]
    pub(crate) ocr_models: Option<PathBuf>,
    /// Language packs and forms from this folder instead of those built in
    #[arg(long, value_name = "DIR", env = "QUIPU_PACKS")]
    pub(crate) packs: Option<PathBuf>,
    /// Give up on a document that shows no sign of life for so long
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) patience: u64,
    /// Most memory for reading one document
    #[arg(long, value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u64).range(256..=1_048_576))]
    pub(crate) memory: u64,
    /// Say nothing while working
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// Files and folders to read; none to open an archive as it is
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) door: Door,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files and folders to read
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Show what the reader sees and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    /// How to answer
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) door: Door,
}

#[derive(Debug, Args)]
pub(crate) struct Door {
    /// Port on this machine (default: a free one)
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(crate) port: u16,
    /// Only print the address; open no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for; quote it for the shell
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) place: Where,
    /// How many documents to show
    #[arg(long, short = 'n', default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) most: u32,
    /// Which page of the answer
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) page: u32,
    /// In which order
    #[arg(long, value_enum, default_value_t = Sort::Relevance)]
    pub(crate) sort: Sort,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Sources {
    #[command(flatten)]
    pub(crate) place: Where,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Annotate {
    /// Texts to annotate, in UTF-8; none, or `-`, for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The language (en, es), or auto to tell it for each sentence
    #[arg(long, value_name = "LANG", default_value = "auto")]
    pub(crate) lang: String,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Sheet::Text)]
    pub(crate) format: Sheet,
    /// What the input is
    #[arg(long, value_enum, default_value_t = Given::Text)]
    pub(crate) input: Given,
    /// The day that "today" means in the text (default: the date at its head, if any)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) reference_date: Option<ReferenceDay>,
    /// Threads to work on (default: one for each processor); the output is the same
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// Models (en.qm, es.qm) from this folder instead of those built in
    #[arg(long, value_name = "DIR", env = "QUIPU_MODELS")]
    pub(crate) models: Option<PathBuf>,
    /// Show no progress
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Claims {
    /// Files and folders to read, of any format that `quipu read` takes
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Tell which rule read each claim and what filled its roles; where none did, why
    #[arg(long)]
    pub(crate) explain: bool,
    /// Only claims of this kind; may be said several times
    #[arg(long = "kind", short = 'k', value_name = "KIND")]
    pub(crate) kinds: Vec<String>,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) told: Told,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// What a person tells of documents, whatever they say themselves.
#[derive(Debug, Args)]
pub(crate) struct Told {
    /// The language (en, es), or auto to tell it for each sentence
    #[arg(long, value_name = "LANG", default_value = "auto")]
    pub(crate) lang: String,
    /// The day that "today" means (default: the date a document gives itself)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) reference_date: Option<ReferenceDay>,
}

#[derive(Debug, Args)]
pub(crate) struct ClaimsWorker {
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) told: Told,
    #[command(flatten)]
    pub(crate) worker: Worker,
}

#[derive(Debug, Args)]
pub(crate) struct Packs {
    #[command(subcommand)]
    pub(crate) what: PacksAsk,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PacksAsk {
    /// Write the packs of this program into a new folder
    Write {
        /// The folder
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Check the packs in a folder: every file, and every rule on its own examples
    Check {
        /// A folder that holds `languages` and `schema`
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

/// A day somebody said, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReferenceDay(pub(crate) quipu_model::time::Day);

/// A day as `YYYY-MM-DD`.
fn day(text: &str) -> Result<ReferenceDay, String> {
    let day = quipu_claims::times::day_of(text);
    day.filter(|day| quipu_claims::times::day_text(*day) == text)
        .map(ReferenceDay)
        .ok_or_else(|| "write a day of the calendar as YYYY-MM-DD".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) place: Where,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format
    #[arg(value_enum)]
    pub(crate) what: Outside,
    #[command(flatten)]
    pub(crate) place: Where,
    /// File or folder to write (default: standard output, where the format is one file)
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct MatchNames {
    /// Files of pairs (default: standard input)
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A folder with language packs in place of those inside the program
    #[arg(long, value_name = "FOLDER")]
    pub(crate) packs: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Worker {
    #[arg(long, value_enum, default_value_t = Ocr::Auto)]
    pub(crate) ocr: Ocr,
    #[arg(long)]
    pub(crate) ocr_models: Option<PathBuf>,
    #[arg(long)]
    pub(crate) packs: Option<PathBuf>,
    #[arg(long)]
    pub(crate) memory: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs: JSON lines
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sheet {
    /// For people: trees, names, times and amounts
    Text,
    /// For linguists' programs: Universal Dependencies
    Conllu,
    /// For programs: a line of JSON for each input
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Given {
    /// Plain text
    Text,
    /// Sentences and words in CoNLL-U; all other columns are passed over
    Conllu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// Best match first
    Relevance,
    /// Oldest first
    Date,
    /// By title
    Title,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ocr {
    /// The best engine found
    Auto,
    /// Neural networks run by Quipu
    Rten,
    /// The tesseract program
    Tesseract,
    /// Keep pictures unread
    None,
}

impl Ocr {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Rten => "rten",
            Self::Tesseract => "tesseract",
            Self::None => "none",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Outside {
    /// Every claim with its passage, roles, holders and standing, as JSON lines
    Claims,
    /// Every document with text, fields, repairs and notices, as JSON lines
    Documents,
    /// Metadata and repairs as W3C Web Annotations (JSON-LD)
    Annotations,
    /// Originals with manifests as a BagIt bag (RFC 8493); needs -o
    Bagit,
}
