//! Questions and decisions of a person come in; plain data goes out, the `...View` types that others rely on.
//! It reads a snapshot of the archive and holds the ledger pen.
//! It never touches stages, packs, the pipeline, SQL or HTTP.
