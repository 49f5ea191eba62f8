-- Every kind of node has a table of its own, with a column a property. A key is unique over all of them: its lowest
-- four bits are the code of the node's kind, and the nodes that one batch brought lie in one block of keys (see
-- codes.go). Times are UTC text with milliseconds, lists are JSON, truth values are 0 and 1.

CREATE TABLE "Document" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "title" TEXT,
  "url" TEXT,
  "path" TEXT,
  "outlet" TEXT,
  "author" TEXT,
  "publishedAt" TEXT,
  "publishedPrecision" TEXT,
  "retrievedAt" TEXT,
  "lang" TEXT,
  "text" TEXT NOT NULL,
  "textSha256" TEXT NOT NULL,
  "modelVersion" TEXT,
  "hyperlinks" TEXT,
  "matchKeys" TEXT
) STRICT;
CREATE INDEX "Document_title" ON "Document"("title", id);
CREATE INDEX "Document_url" ON "Document"("url", id);
CREATE INDEX "Document_outlet" ON "Document"("outlet", id);
CREATE INDEX "Document_publishedAt" ON "Document"("publishedAt", id);

CREATE TABLE "Passage" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "startUtf16" INTEGER NOT NULL,
  "endUtf16" INTEGER NOT NULL,
  "exact" TEXT NOT NULL,
  "prefix" TEXT,
  "suffix" TEXT,
  "paragraph" INTEGER,
  "role" TEXT NOT NULL,
  "reason" TEXT
) STRICT;

CREATE TABLE "Actor" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "aliases" TEXT,
  "canonicalId" TEXT,
  "reliability" TEXT,
  "originCount" INTEGER NOT NULL
) STRICT;
CREATE INDEX "Actor_name" ON "Actor"("name", id);
CREATE INDEX "Actor_kind" ON "Actor"("kind", id);
CREATE INDEX "Actor_canonicalId" ON "Actor"("canonicalId", id);
CREATE INDEX "Actor_originCount" ON "Actor"("originCount", id);

CREATE TABLE "Mention" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "startUtf16" INTEGER NOT NULL,
  "endUtf16" INTEGER NOT NULL,
  "surface" TEXT NOT NULL,
  "metonym" INTEGER
) STRICT;

CREATE TABLE "Attribution" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "cue" TEXT,
  "kind" TEXT NOT NULL,
  "voice" TEXT NOT NULL,
  "quoteType" TEXT,
  "polarity" TEXT NOT NULL,
  "modality" TEXT,
  "depth" INTEGER NOT NULL,
  "confidence" REAL NOT NULL,
  "credibility" INTEGER,
  "assertedAt" TEXT,
  "recordedAt" TEXT
) STRICT;
CREATE INDEX "Attribution_kind" ON "Attribution"("kind", id);
CREATE INDEX "Attribution_voice" ON "Attribution"("voice", id);
CREATE INDEX "Attribution_polarity" ON "Attribution"("polarity", id);
CREATE INDEX "Attribution_assertedAt" ON "Attribution"("assertedAt", id);

CREATE TABLE "Claim" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "words" TEXT,
  "matchKeys" TEXT,
  "lang" TEXT,
  "firstSeen" TEXT,
  "lastSeen" TEXT,
  "originCount" INTEGER NOT NULL,
  "polarities" TEXT,
  "contested" INTEGER NOT NULL
) STRICT;
CREATE INDEX "Claim_firstSeen" ON "Claim"("firstSeen", id);
CREATE INDEX "Claim_lastSeen" ON "Claim"("lastSeen", id);
CREATE INDEX "Claim_originCount" ON "Claim"("originCount", id);
CREATE INDEX "Claim_contested" ON "Claim"("contested", id) WHERE "contested" = 1;

CREATE TABLE "Relation" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "class" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "quad" TEXT NOT NULL,
  "mode" TEXT NOT NULL,
  "validFrom" TEXT,
  "validTo" TEXT,
  "originCount" INTEGER NOT NULL,
  "polarities" TEXT,
  "contested" INTEGER NOT NULL
) STRICT;
CREATE INDEX "Relation_class" ON "Relation"("class", id);
CREATE INDEX "Relation_type" ON "Relation"("type", id);
CREATE INDEX "Relation_quad" ON "Relation"("quad", id);
CREATE INDEX "Relation_mode" ON "Relation"("mode", id);
CREATE INDEX "Relation_validFrom" ON "Relation"("validFrom", id);
CREATE INDEX "Relation_validTo" ON "Relation"("validTo", id);
CREATE INDEX "Relation_originCount" ON "Relation"("originCount", id);
CREATE INDEX "Relation_contested" ON "Relation"("contested", id) WHERE "contested" = 1;

CREATE TABLE "Citation" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "startUtf16" INTEGER NOT NULL,
  "endUtf16" INTEGER NOT NULL,
  "raw" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "dateText" TEXT,
  "url" TEXT,
  "granularity" TEXT NOT NULL,
  "resolved" INTEGER NOT NULL
) STRICT;
CREATE INDEX "Citation_name" ON "Citation"("name", id);
CREATE INDEX "Citation_url" ON "Citation"("url", id) WHERE "url" IS NOT NULL;
CREATE INDEX "Citation_granularity" ON "Citation"("granularity", id);

CREATE TABLE "Assessment" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "grade" TEXT,
  "note" TEXT,
  "by" TEXT NOT NULL,
  "at" TEXT NOT NULL
) STRICT;
CREATE INDEX "Assessment_by" ON "Assessment"("by", id);
CREATE INDEX "Assessment_at" ON "Assessment"("at", id);

CREATE TABLE "Run" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "loaderVersion" TEXT NOT NULL,
  "modelVersion" TEXT NOT NULL,
  "startedAt" TEXT NOT NULL
) STRICT;
CREATE INDEX "Run_startedAt" ON "Run"("startedAt", id);

-- An edge is its value: kind, ends and properties (canonical JSON, '' if there are none). IN edges follow from keys. A
-- shortcut also has the relation that it stands for.
CREATE TABLE edge (
  src INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  dst INTEGER NOT NULL,
  props TEXT NOT NULL,
  relation INTEGER,
  PRIMARY KEY (src, kind, dst, props)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_back ON edge(dst, kind, src, props);
CREATE INDEX edge_relation ON edge(relation) WHERE relation IS NOT NULL;

-- What an owner says of a shared node: the properties, as JSON.
CREATE TABLE contribution (
  node INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  props TEXT NOT NULL,
  PRIMARY KEY (node, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX contribution_owner ON contribution(owner);

-- The edges that are in the graph only as long as an owner contributes them and their far end is there: those that
-- lead away from shared nodes, and those that lead out of the owner's batch.
CREATE TABLE link (
  src INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  dst TEXT NOT NULL,
  props TEXT NOT NULL,
  owner INTEGER NOT NULL,
  PRIMARY KEY (src, kind, dst, props, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_owner ON link(owner);
CREATE INDEX link_dst ON link(dst);

-- How many nodes of each kind there are, and edges (code 0).
CREATE TABLE tally (code INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;

-- The words of searched properties under the node's key. We fold and divide them; to the ascii tokenizer every letter
-- beyond ASCII is part of a word, so that it divides at our spaces alone.
CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
