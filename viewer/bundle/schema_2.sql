-- Format 2 of an edition. The gate compares a file's schema with this one, row for row.
-- STRICT lets integrity_check prove the type of every value, at a tenth of what a query would cost.
CREATE TABLE edition(series TEXT NOT NULL, title TEXT NOT NULL, label TEXT NOT NULL, serial INTEGER NOT NULL, issued TEXT NOT NULL, review TEXT NOT NULL, publisher TEXT NOT NULL, language TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), summary TEXT NOT NULL) STRICT;
-- A higher level may go to fewer people.
CREATE TABLE marking(code TEXT PRIMARY KEY NOT NULL, level INTEGER NOT NULL UNIQUE, label TEXT NOT NULL, colour TEXT NOT NULL, ink TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- What bears a handling caveat may go only to an audience that holds it.
CREATE TABLE caveat(code TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL UNIQUE, label TEXT NOT NULL, description TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- A step of the publisher's scale of likelihood or confidence. "low" and "high" are per cent as decimal text, or empty.
CREATE TABLE scale(id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, term TEXT NOT NULL, low TEXT NOT NULL, high TEXT NOT NULL, description TEXT NOT NULL, UNIQUE(kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE part(id TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, theme_title TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- "parent" is the theme under which it stands, or empty. "label" is the publisher's own number of it, or empty.
CREATE TABLE theme(id TEXT PRIMARY KEY NOT NULL, part TEXT NOT NULL REFERENCES part(id), parent TEXT NOT NULL, position INTEGER NOT NULL UNIQUE, label TEXT NOT NULL, title TEXT NOT NULL, short TEXT NOT NULL, summary TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE finding(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL, likelihood TEXT NOT NULL, confidence TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
-- "owner" is to whom, "due" by when, as the publisher says it.
CREATE TABLE recommendation(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL, owner TEXT NOT NULL, due TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
CREATE TABLE statistic(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, label TEXT NOT NULL, title TEXT NOT NULL, statement TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, population TEXT NOT NULL, base TEXT NOT NULL, period TEXT NOT NULL, place TEXT NOT NULL, caveat TEXT NOT NULL, short_caveat TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
-- "value", "low" and "high" are decimal text as published, or empty. "words" is the figure where the source wrote no digits.
CREATE TABLE observation(statistic TEXT NOT NULL REFERENCES statistic(id), position INTEGER NOT NULL, label TEXT NOT NULL, period TEXT NOT NULL, value TEXT NOT NULL, low TEXT NOT NULL, high TEXT NOT NULL, magnitude TEXT NOT NULL, qualifier TEXT NOT NULL, words TEXT NOT NULL, rank INTEGER, PRIMARY KEY(statistic, position)) STRICT, WITHOUT ROWID;
CREATE TABLE passage(id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL REFERENCES theme(id), position INTEGER NOT NULL, label TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, marking TEXT NOT NULL REFERENCES marking(code), page TEXT NOT NULL, UNIQUE(theme, position)) STRICT;
CREATE TABLE support(finding TEXT NOT NULL REFERENCES finding(id), statistic TEXT NOT NULL REFERENCES statistic(id), PRIMARY KEY(finding, statistic)) STRICT, WITHOUT ROWID;
CREATE TABLE answer(recommendation TEXT NOT NULL REFERENCES recommendation(id), finding TEXT NOT NULL REFERENCES finding(id), PRIMARY KEY(recommendation, finding)) STRICT, WITHOUT ROWID;
CREATE TABLE source(id TEXT PRIMARY KEY NOT NULL, number INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, author TEXT NOT NULL, year TEXT NOT NULL, locator TEXT NOT NULL, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- An item is a finding, a recommendation, a statistic or a passage. "position" is the order in which it cites.
CREATE TABLE citation(item TEXT NOT NULL, source TEXT NOT NULL REFERENCES source(id), position INTEGER NOT NULL, PRIMARY KEY(item, source)) STRICT, WITHOUT ROWID;
CREATE TABLE footnote(item TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(item, id)) STRICT, WITHOUT ROWID;
-- Every cross-reference that stands in a text of the item; "target" is the id of an item or a theme.
CREATE TABLE reference(item TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY(item, target)) STRICT, WITHOUT ROWID;
-- "holder" is the id of an item or a theme.
CREATE TABLE handling(holder TEXT NOT NULL, caveat TEXT NOT NULL REFERENCES caveat(code), PRIMARY KEY(holder, caveat)) STRICT, WITHOUT ROWID;
CREATE TABLE tag(id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, description TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tagging(item TEXT NOT NULL, tag TEXT NOT NULL REFERENCES tag(id), PRIMARY KEY(item, tag)) STRICT, WITHOUT ROWID;
CREATE TABLE term(abbreviation TEXT PRIMARY KEY NOT NULL, expansion TEXT NOT NULL, definition TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Words that readers type for a term: found, but never shown as abbreviations.
CREATE TABLE also(term TEXT NOT NULL REFERENCES term(abbreviation), word TEXT NOT NULL, PRIMARY KEY(term, word)) STRICT, WITHOUT ROWID;
-- What search reads, folded: themes, findings, recommendations, statistics, passages, in this order of importance.
-- Two indexes stand on it, one of word stems and one of words as written: a prefix finds nothing in stems.
CREATE TABLE entry(id INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, theme TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE stemmed USING fts5(title, text, content='entry', content_rowid='id', tokenize='porter unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE plain USING fts5(title, text, content='entry', content_rowid='id', prefix='2 3', tokenize='unicode61 remove_diacritics 0');
