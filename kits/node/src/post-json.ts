// Calls that change something, as an account.

export interface Access {
  /** Of the server, without a slash at the end. */
  readonly url: string;
  readonly authId: string;
  readonly authToken: string;
}

/**
 * Sends a body as JSON to a path of the account, and returns the answer.
 * @throws Error with the server's sentence where it refuses.
 */
export async function postJson<Answer>(
  { url, authId, authToken }: Access,
  path: string,
  body: object,
): Promise<Answer> {
  const response = await fetch(`${url}/v1/Account/${authId}/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer & { readonly error?: string };
  if (!response.ok) throw new Error(`${path} was refused with ${response.status}: ${answer.error}`);
  return answer;
}
