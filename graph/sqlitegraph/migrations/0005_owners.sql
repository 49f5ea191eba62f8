-- Whose outlets are.
ALTER TABLE "Actor" ADD COLUMN "owner" TEXT;
ALTER TABLE "Actor" ADD COLUMN "side" TEXT;
