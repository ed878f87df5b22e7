// The rows of a statement that is not waited for.

/** Returns a function that returns the rows once they are there, and throws before; `onError` is called when the statement fails. */
export function rowsLater<Row extends object>(
  query: Promise<Row[]>,
  onError: (error: unknown) => void,
): () => Row[] {
  let found: Row[] | undefined;
  query.then((rows) => {
    found = rows;
  }, onError);
  return () => {
    if (found === undefined)
      throw new Error('The transaction has not ended: the rows of its last statements are not there yet.');
    return found;
  };
}
