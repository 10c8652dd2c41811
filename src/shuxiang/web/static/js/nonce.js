// Ids for acts. crypto.randomUUID is missing on plain http in a LAN, getRandomValues is not.

/** Return a random id of 32 hexadecimal digits. */
export function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
