// The schemas that a description contains once and refers to by name.
import { schemaName } from './names.ts';
import { type JsonSchema, publishSchema, type Reference, type Resolve, referTo } from './published-schema.ts';

const apiId: JsonSchema = {
  type: 'string',
  description: 'Identifies this request, here and in the log of the server.',
};

const ownSchemas: Readonly<Record<string, JsonSchema>> = {
  Answer: {
    type: 'object',
    description: 'What every answer with a body carries.',
    required: ['api_id'],
    properties: { api_id: apiId },
  },
  Error: {
    type: 'object',
    description: 'What went wrong.',
    required: ['api_id', 'error'],
    properties: { api_id: apiId, error: { type: 'string', description: 'One sentence for people.' } },
  },
};

/** A schema is added when it is first referred to; those of every answer are there from the beginning. */
export class SchemaRegistry {
  readonly #schemas = new Map<string, JsonSchema>(Object.entries(ownSchemas));

  /** Returns the schema of a name. */
  readonly resolve: Resolve = (name) => {
    const schema = this.#schemas.get(name);
    if (schema === undefined) throw new Error(`There is no schema ${name}.`);
    return schema;
  };

  /** Returns a reference to a schema that has a name, else the schema itself. */
  place(schema: object): JsonSchema {
    return this.#reference(schema) ?? publishSchema(schema, this.#reference);
  }

  /** Returns all schemas that were referred to so far, by name. */
  sorted(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#schemas].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  readonly #reference: Reference = (schema) => {
    const name = schemaName(schema);
    if (name === undefined) return undefined;
    if (!this.#schemas.has(name)) this.#schemas.set(name, publishSchema(schema, this.#reference));
    return referTo(name);
  };
}
