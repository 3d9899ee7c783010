-- Format 1 of an edition. The gate compares a file's schema with this one, row for row.
-- STRICT lets quick_check prove the type of every value, at a tenth of what a query would cost.
CREATE TABLE edition(series TEXT NOT NULL, title TEXT NOT NULL, label TEXT NOT NULL, serial INTEGER NOT NULL, issued TEXT NOT NULL, review TEXT NOT NULL, publisher TEXT NOT NULL, language TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), summary TEXT NOT NULL) STRICT;
-- A higher level may go to fewer people.
CREATE TABLE marking(code TEXT PRIMARY KEY NOT NULL, level INTEGER NOT NULL UNIQUE, label TEXT NOT NULL, colour TEXT NOT NULL, ink TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE theme(id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL UNIQUE, number TEXT NOT NULL, title TEXT NOT NULL, short TEXT NOT NULL, summary TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE passage(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, number TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
CREATE TABLE finding(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, text TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
CREATE TABLE statistic(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, title TEXT NOT NULL, statement TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, population TEXT NOT NULL, base TEXT NOT NULL, period TEXT NOT NULL, place TEXT NOT NULL, caveat TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
-- "words" is the figure as the source words it where it wrote no digits ("a third").
CREATE TABLE observation(statistic TEXT NOT NULL REFERENCES statistic(id), position INTEGER NOT NULL, label TEXT NOT NULL, period TEXT NOT NULL, value REAL, low REAL, high REAL, qualifier TEXT NOT NULL, words TEXT NOT NULL, rank INTEGER, PRIMARY KEY(statistic, position)) STRICT, WITHOUT ROWID;
CREATE TABLE support(finding TEXT NOT NULL REFERENCES finding(id), statistic TEXT NOT NULL REFERENCES statistic(id), PRIMARY KEY(finding, statistic)) STRICT, WITHOUT ROWID;
CREATE TABLE source(id TEXT PRIMARY KEY NOT NULL, number INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, author TEXT NOT NULL, year TEXT NOT NULL, locator TEXT NOT NULL, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- An item is a passage, a finding or a statistic.
CREATE TABLE citation(item TEXT NOT NULL, source TEXT NOT NULL REFERENCES source(id), PRIMARY KEY(item, source)) STRICT, WITHOUT ROWID;
CREATE TABLE tag(id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, description TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tagging(item TEXT NOT NULL, tag TEXT NOT NULL REFERENCES tag(id), PRIMARY KEY(item, tag)) STRICT, WITHOUT ROWID;
CREATE TABLE term(abbreviation TEXT PRIMARY KEY NOT NULL, expansion TEXT NOT NULL, definition TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- What search reads: themes, findings, statistics, passages, in this order of importance, as plain text.
-- Two indexes stand on it, one of word stems and one of words as written: a prefix finds nothing in stems.
CREATE TABLE entry(id INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, theme TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE stemmed USING fts5(title, text, content='entry', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE plain USING fts5(title, text, content='entry', content_rowid='id', prefix='2 3', tokenize='unicode61 remove_diacritics 2');
