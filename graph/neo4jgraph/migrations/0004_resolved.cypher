// A citation is resolved where it leads to a document.

MATCH (c:Citation) SET c.resolved = EXISTS { (c)-[:RESOLVES_TO]->() };
