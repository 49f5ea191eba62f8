// What analysts say, and what was asked to be loaded.

CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (n:Judgement) REQUIRE n.id IS UNIQUE;
CREATE INDEX judgement_verdict IF NOT EXISTS FOR (n:Judgement) ON (n.verdict);
CREATE INDEX judgement_by IF NOT EXISTS FOR (n:Judgement) ON (n.by);
CREATE INDEX judgement_at IF NOT EXISTS FOR (n:Judgement) ON (n.at);
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE INDEX job_state IF NOT EXISTS FOR (n:Job) ON (n.state);
CREATE INDEX job_by IF NOT EXISTS FOR (n:Job) ON (n.by);
CREATE INDEX job_createdAt IF NOT EXISTS FOR (n:Job) ON (n.createdAt);
