//! Paths and an archive come in; a shelf that is up to date goes out, with notices for whatever could not be read.
//! It alone knows the order of stages, staleness, and where work runs.
//! It never touches linguistic or SQL detail, and does not hold the ledger pen for decisions.
