// Package schema owns the GraphQL schema: one SDL file a topic, in which every type and field is described. Package gen
// is what gqlgen makes of it.
package schema

//go:generate go tool gqlgen generate --config gqlgen.yml
