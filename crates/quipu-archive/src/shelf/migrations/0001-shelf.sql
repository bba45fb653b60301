-- The shelf: everything here is derived and can be made again from
-- originals/ and ledger.log.

-- How far the index of the ledger reaches, and what search was made with.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- Every entry of the ledger: where its line starts, the hash of the one before
-- (so that a walk can begin anywhere) and what it is about.
CREATE TABLE ledger_index (
    seq INTEGER PRIMARY KEY,
    start INTEGER NOT NULL,
    prev BLOB NOT NULL,
    what TEXT NOT NULL,
    source BLOB
);
CREATE INDEX ledger_index_what ON ledger_index (what, seq) WHERE what = 'decision';

-- Sources the ledger says were taken in.
CREATE TABLE sources (
    source BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX sources_seq ON sources (seq);

-- Where they were seen.
CREATE TABLE places (
    source BLOB NOT NULL,
    container BLOB NOT NULL, -- empty outside containers
    root TEXT NOT NULL,      -- empty inside containers
    path TEXT NOT NULL,
    modified INTEGER,
    PRIMARY KEY (source, container, root, path)
) WITHOUT ROWID;
CREATE INDEX places_container ON places (container, source) WHERE container <> x'';

-- What the file system said of a file when it was last read, so that an
-- unchanged one need not be read to be known.
CREATE TABLE stamps (
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    source BLOB NOT NULL,
    PRIMARY KEY (root, path)
) WITHOUT ROWID;

-- Documents as the reading stage left them. `change` rises with everything
-- that concerns the search index; the index remembers how far it has come.
CREATE TABLE documents (
    change INTEGER PRIMARY KEY,
    source BLOB NOT NULL UNIQUE,
    recipe BLOB NOT NULL,
    media_type TEXT NOT NULL,
    kind TEXT,
    title TEXT,
    publisher TEXT,
    published TEXT,
    earliest INTEGER,
    latest INTEGER,
    language TEXT,
    pages INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    level INTEGER NOT NULL, -- weightiest notice; 0 when there is none
    layout BLOB NOT NULL
);
CREATE INDEX documents_recipe ON documents (recipe, source);
CREATE INDEX documents_level ON documents (level, source) WHERE level > 0;

-- Their notices, in order.
CREATE TABLE notices (
    source BLOB NOT NULL,
    n INTEGER NOT NULL,
    level INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    next_step TEXT,
    page INTEGER,
    PRIMARY KEY (source, n)
) WITHOUT ROWID;
CREATE INDEX notices_level ON notices (level, code, source);

-- Their fields, in order.
CREATE TABLE fields (
    source BLOB NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (source, n)
) WITHOUT ROWID;
CREATE INDEX fields_name ON fields (name, value);

-- How many sentences in which language.
CREATE TABLE languages (
    source BLOB NOT NULL,
    language TEXT NOT NULL,
    sentences INTEGER NOT NULL,
    PRIMARY KEY (source, language)
) WITHOUT ROWID;
