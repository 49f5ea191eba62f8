-- What analysts say is kept like what documents say, each word of it with an owner of its own; and so is what was asked
-- to be loaded.

ALTER TABLE "Assessment" ADD COLUMN "supersededAt" TEXT;

CREATE TABLE "Judgement" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "subjects" TEXT NOT NULL,
  "note" TEXT,
  "by" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "undoneBy" TEXT,
  "undoneAt" TEXT
) STRICT;
CREATE INDEX "Judgement_verdict" ON "Judgement"("verdict", id);
CREATE INDEX "Judgement_by" ON "Judgement"("by", id);
CREATE INDEX "Judgement_at" ON "Judgement"("at", id);

CREATE TABLE "Job" (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  caption TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "sources" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "createdAt" TEXT NOT NULL,
  "startedAt" TEXT,
  "endedAt" TEXT,
  "loaded" INTEGER,
  "replaced" INTEGER,
  "unchanged" INTEGER,
  "failed" INTEGER,
  "failures" TEXT,
  "reason" TEXT,
  "attempts" INTEGER,
  "worker" TEXT,
  "aliveAt" TEXT
) STRICT;
CREATE INDEX "Job_state" ON "Job"("state", id);
CREATE INDEX "Job_by" ON "Job"("by", id);
CREATE INDEX "Job_createdAt" ON "Job"("createdAt", id);
