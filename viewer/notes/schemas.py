"""What a notes file consists of, in every version that there was, as `own_schema.describe` says it."""

from __future__ import annotations

_FORMAT_1 = """
index idx__sqlite_migrations_migration_set_name on _sqlite_migrations (migration_set, name) unique c
index idx_former_uuid on former (uuid) c
index idx_note_item on note (item) c
index idx_note_uuid on note (uuid) unique c
index sqlite_autoindex_placement_1 on placement (uuid, serial) unique pk
index sqlite_autoindex_removed_1 on removed (uuid) unique pk
index sqlite_autoindex_setting_1 on setting (name) unique pk
index sqlite_autoindex_shared_1 on shared (uuid, digest) unique pk
table _sqlite_migrations (id INTEGER key 1, migration_set TEXT, name TEXT, applied_at TEXT)
table former (id INTEGER key 1, uuid TEXT not null, kept TEXT not null, note TEXT not null) strict
table note (id INTEGER key 1, uuid TEXT not null, item TEXT not null, quote TEXT not null, start INTEGER not null, \
prefix TEXT not null, suffix TEXT not null, whole INTEGER not null, theme TEXT not null, serial INTEGER not null, \
text TEXT not null, colour INTEGER not null, tags TEXT not null, bookmark INTEGER not null, marking TEXT not null, \
author TEXT not null, created TEXT not null, changed TEXT not null) strict
table note_fts: CREATE VIRTUAL TABLE note_fts USING FTS5 ( text , quote , tags , tokenize= trigram , content= note )
shadow note_fts_config
shadow note_fts_data
shadow note_fts_docsize
shadow note_fts_idx
table placement (uuid TEXT not null key 1, serial INTEGER not null key 2, item TEXT not null, quote TEXT not null, \
start INTEGER not null, prefix TEXT not null, suffix TEXT not null, whole INTEGER not null) strict
table removed (uuid TEXT not null key 1, at TEXT not null) strict
table setting (name TEXT not null key 1, value TEXT not null) strict
table shared (uuid TEXT not null key 1, digest TEXT not null key 2) strict
"""
_FORMAT_2 = """
index idx_version_state on version (state) c
index idx_version_superseded on version (superseded) c
index sqlite_autoindex_purged_1 on purged (uuid) unique pk
index sqlite_autoindex_setting_1 on setting (name) unique pk
index sqlite_autoindex_version_1 on version (uuid, digest) unique pk
table purged (uuid TEXT not null key 1, at TEXT not null) strict
table setting (name TEXT not null key 1, value TEXT not null) strict
table version (uuid TEXT not null key 1, digest TEXT not null key 2, body TEXT not null, checksum TEXT not null, \
state TEXT not null, superseded INTEGER not null, given INTEGER not null, session TEXT not null) strict
"""

KNOWN = {number: frozenset(text.split("\n")[1:-1]) for number, text in ((1, _FORMAT_1), (2, _FORMAT_2))}
