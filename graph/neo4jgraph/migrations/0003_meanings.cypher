// Where claims lie by what they mean.

CREATE CONSTRAINT meaning_id IF NOT EXISTS FOR (n:Meaning) REQUIRE n.id IS UNIQUE;
CREATE VECTOR INDEX meaning_vector IF NOT EXISTS FOR (n:Meaning) ON (n.vector)
OPTIONS {indexConfig: {`vector.dimensions`: 384, `vector.similarity_function`: 'cosine'}};
