// Wire names of a copy of the database. An extension, named in the vendor's style.
import { Type } from 'typebox';

export const DatabaseCopyBody = Type.Object({
  message: Type.Literal('copied'),
  path: Type.String({ description: 'The folder of the copy, on the machine of the server.' }),
});
