// Wire names of the stream of changes. Extensions.
import { Type } from 'typebox';
import { type ChangeTopic, changeTopics } from './account-change.ts';

export const HelloEvent = Type.Object({});

export const ResetEvent = Type.Object({});

export const ChangeEvent = Type.Object({
  topics: Type.Array(Type.Enum([...changeTopics]), { description: 'Kinds of things that have changed.' }),
});

export function changeToWire(topics: readonly ChangeTopic[]) {
  return { topics };
}
