// Runs the GraphQL-over-HTTP server audits against the URL that is its one argument, and prints one JSON object an audit.
import { auditServer } from 'graphql-http';

for (const result of await auditServer({ url: process.argv[2] })) {
  console.log(JSON.stringify({ id: result.id, name: result.name, status: result.status, reason: result.reason }));
}
process.exit(0);
