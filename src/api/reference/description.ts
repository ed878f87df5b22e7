// The types of an OpenAPI 3.1 description, as far as ours uses it.
import type { JsonSchema } from './published-schema.ts';

export interface ApiDescription {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly object[];
  readonly tags: readonly Tag[];
  /** Path with a slash at the end → method in lower case → operation. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly securitySchemes: object;
  };
}

export interface Tag {
  readonly name: string;
  readonly description: string;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** True for what the vendor does not have. */
  readonly 'x-extension'?: true;
  readonly 'x-may-lag'?: true;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: JsonContent | FormContent };
  /** Status, or `default` for every other one → the answer. */
  readonly responses: Readonly<Record<string, Response | { readonly $ref: string }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface Response {
  readonly description: string;
  readonly headers?: object;
  readonly content?: JsonContent | EventContent;
}

/** A stream of server-sent events; `x-events` are the schemas of their data, by their names. */
export interface EventContent {
  readonly 'application/json'?: undefined;
  readonly 'text/event-stream': {
    readonly schema: JsonSchema;
    readonly 'x-events': Readonly<Record<string, JsonSchema>>;
  };
}

export interface JsonContent {
  readonly 'application/json': { readonly schema: JsonSchema; readonly example?: unknown };
}

/** A body with files. */
export interface FormContent {
  readonly 'application/json'?: undefined;
  readonly 'multipart/form-data': { readonly schema: JsonSchema };
}
