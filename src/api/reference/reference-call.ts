// Sample requests for the reference, as one would type them.

/**
 * Returns a request with curl. The server's address and the account's id and token are shell variables, other segments of the path stay in braces.
 * @param body the JSON body, if any.
 * @param fileField the name of a field with a file, if any.
 */
export function curlCall(method: string, path: string, body: unknown, fileField?: string): string {
  const url = `$RUCKSACK_URL${path.replace('{auth_id}', '$PLIVO_AUTH_ID')}`;
  const lines = ['curl -u $PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN'];
  // curl makes a POST of a request with data, and a GET of the others.
  const carriesData = body !== undefined || fileField !== undefined;
  if (method === 'DELETE' || (method === 'POST' && !carriesData)) lines.push(`-X ${method}`);
  lines.push(`"${url}"`);
  if (body !== undefined) lines.push("-H 'Content-Type: application/json'", `-d '${jsonText(body)}'`);
  if (fileField !== undefined) lines.push(`-F ${fileField}=@picture.jpg`);
  return lines.join(' \\\n  ');
}

const maxLineLength = 50;

/** Returns JSON on one line, or on several when that would be long. */
function jsonText(value: unknown): string {
  const line = JSON.stringify(value);
  return line.length <= maxLineLength ? line : JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}
