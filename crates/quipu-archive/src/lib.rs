//! Given bytes, decisions and derived batches come in; the same come out, found again and proved.
//! It is the only room that knows SQL and the search engine.
//! It never touches packs or stages, and derives nothing.
