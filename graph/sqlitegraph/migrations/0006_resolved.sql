-- A citation is resolved where a RESOLVES_TO (10) leads from it.
UPDATE "Citation" SET "resolved" = EXISTS (SELECT 1 FROM edge WHERE src = "Citation".key AND kind = 10);
