// Where credentials are kept: in memory, and for a reload of the same tab encrypted with a key that no script can read out.
// Neither in local storage nor in a URL nor in a cookie, so no other site can make the browser send them (docs/adr/0012).

export interface Credentials {
  readonly authId: string;
  readonly authToken: string;
}

const item = 'rucksack.session';
const database = 'rucksack';
const store = 'keys';
const keyName = 'session';

/** Keeps credentials until the tab is closed or they are forgotten. Where the browser has no cryptography (plain HTTP from afar) or no room for keys, a reload asks for them again. */
export async function keepCredentials(credentials: Credentials): Promise<void> {
  if (!canKeep()) return;
  try {
    await forgetCredentials();
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(credentials));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
    const name = `${keyName}.${crypto.randomUUID()}`;
    await inKeys('readwrite', (keys) => keys.put(key, name));
    sessionStorage.setItem(item, JSON.stringify({ name, iv: toBase64(iv), sealed: toBase64(sealed) }));
  } catch {
    // Whoever cannot keep them can sign in all the same.
    sessionStorage.removeItem(item);
  }
}

/** What this tab kept, if it can still be read. */
export async function recallCredentials(): Promise<Credentials | undefined> {
  const kept = sessionStorage.getItem(item);
  if (kept === null || !canKeep()) return undefined;
  try {
    const { name, iv, sealed } = JSON.parse(kept) as { name: string; iv: string; sealed: string };
    const key = await inKeys<CryptoKey | undefined>('readonly', (keys) => keys.get(name));
    if (key === undefined) return undefined;
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(iv) },
      key,
      fromBase64(sealed),
    );
    return JSON.parse(new TextDecoder().decode(text)) as Credentials;
  } catch {
    // What cannot be read any more is as good as not there: the person signs in again.
    return undefined;
  }
}

export async function forgetCredentials(): Promise<void> {
  const kept = sessionStorage.getItem(item);
  sessionStorage.removeItem(item);
  if (kept === null || !canKeep()) return;
  const { name } = JSON.parse(kept) as { name: string };
  await inKeys('readwrite', (keys) => keys.delete(name));
}

const canKeep = (): boolean => globalThis.isSecureContext && 'indexedDB' in globalThis;

/** One request on the browser's store of keys, which holds `CryptoKey`s that cannot be exported. */
function inKeys<Result>(
  mode: IDBTransactionMode,
  ask: (keys: IDBObjectStore) => IDBRequest,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const request = ask(opening.result.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result as Result);
      request.onerror = () => reject(request.error);
    };
  });
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
