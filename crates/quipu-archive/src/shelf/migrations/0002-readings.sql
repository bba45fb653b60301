-- What was understood of each document (times, amounts), by a recipe of its own:
-- better rules need not read the sources again.
CREATE TABLE readings (
    source BLOB NOT NULL UNIQUE,
    recipe BLOB NOT NULL,
    layout BLOB NOT NULL
);
-- Whether they are up to date is asked of all documents in every run.
CREATE INDEX readings_recipe ON readings (source, recipe);
